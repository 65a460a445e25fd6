/** A real server on a free port of this computer, for one test. */
import { readFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';

export interface LocalServer extends AsyncDisposable {
  /** Without a trailing slash. */
  readonly origin: string;
}

export function serve(listener: RequestListener): Promise<LocalServer> {
  return listen(createServer(listener), 'http');
}

/** With a certificate that nobody trusts. */
export function serveSelfSigned(listener: RequestListener): Promise<LocalServer> {
  const pem = readFileSync(new URL('self-signed.pem', import.meta.url));
  return listen(createTlsServer({ key: pem, cert: pem }, listener), 'https');
}

async function listen(server: Server, scheme: string): Promise<LocalServer> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `${scheme}://127.0.0.1:${String(port)}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

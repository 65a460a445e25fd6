/**
 * The smallest single sign-on a Synapse takes: a CAS server at which everybody is signed in already,
 * under the one name it was told.
 * @see https://apereo.github.io/cas/development/protocol/CAS-Protocol-Specification.html
 */
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface CasServer {
  readonly url: string;
  /** Who comes to sign in. */
  user: string;
  stop(): Promise<void>;
}

export async function startCasServer(): Promise<CasServer> {
  const tickets = new Map<string, string>();
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname.endsWith('/login')) {
      const ticket = `ST-${randomBytes(8).toString('hex')}`;
      tickets.set(ticket, cas.user);
      const back = new URL(searchParams.get('service') ?? '');
      back.searchParams.set('ticket', ticket);
      response.writeHead(302, { location: back.href }).end();
      return;
    }
    const user = tickets.get(searchParams.get('ticket') ?? '');
    const verdict =
      user === undefined
        ? '<cas:authenticationFailure code="INVALID_TICKET"/>'
        : `<cas:authenticationSuccess><cas:user>${user}</cas:user></cas:authenticationSuccess>`;
    response.writeHead(200, { 'content-type': 'application/xml' });
    response.end(
      `<cas:serviceResponse xmlns:cas="http://www.yale.edu/tp/cas">${verdict}</cas:serviceResponse>`,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cas: CasServer = {
    url: `http://localhost:${String((server.address() as AddressInfo).port)}/cas`,
    user: '',
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return cas;
}

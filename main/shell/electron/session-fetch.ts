/**
 * `fetch` in one of Electron's sessions that answers redirects instead of following them. Electron's
 * own `session.fetch` rejects a redirect it is told not to follow, so the egress could neither see
 * where it leads nor drop the credentials.
 */
import { net, type ClientRequest, type IncomingMessage, type Session } from 'electron';

/** Statuses for which the Response constructor refuses a body. */
const bodiless = new Set([101, 204, 205, 304]);

export function sessionFetch(session: Session): typeof globalThis.fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    request.signal.throwIfAborted();
    const body = request.body === null ? null : Buffer.from(await request.arrayBuffer());
    const outgoing = net.request({
      session,
      method: request.method,
      url: request.url,
      redirect: 'manual',
      credentials: 'omit',
      useSessionCookies: false,
      cache: 'no-store',
      bypassCustomProtocolHandlers: true,
    });
    for (const [name, value] of request.headers) outgoing.setHeader(name, value);
    return exchange(outgoing, body, request.signal);
  };
}

function exchange(
  outgoing: ClientRequest,
  body: Buffer | null,
  signal: AbortSignal,
): Promise<Response> {
  const { promise, resolve, reject } = Promise.withResolvers<Response>();
  const abort = (): void => {
    outgoing.abort();
    reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
  };
  signal.addEventListener('abort', abort, { once: true });
  outgoing.on('close', () => signal.removeEventListener('abort', abort));
  outgoing.on('error', reject);
  outgoing.on('redirect', (status, _method, location) => {
    resolve(new Response(null, { status, headers: { location } }));
    outgoing.abort();
  });
  outgoing.on('response', (incoming) => resolve(responseOf(incoming)));
  if (body !== null) outgoing.write(body);
  outgoing.end();
  return promise;
}

function responseOf(incoming: IncomingMessage): Response {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    for (const one of Array.isArray(value) ? value : [value]) headers.append(name, one);
  }
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      incoming.on('data', (chunk) => controller.enqueue(new Uint8Array(chunk)));
      incoming.on('end', () => controller.close());
      incoming.on('error', (error) => controller.error(error));
      incoming.on('aborted', () => controller.error(new Error('The connection was cut')));
    },
  });
  return new Response(bodiless.has(incoming.statusCode) ? null : body, {
    status: incoming.statusCode,
    statusText: incoming.statusMessage,
    headers,
  });
}

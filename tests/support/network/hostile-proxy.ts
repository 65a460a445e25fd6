/**
 * A reverse proxy that treats a homeserver's answers as a bad network would: late, cut, truncated,
 * refused, or replaced by a portal page. Rules choose by route; everything else passes unharmed.
 */
import { request as sendRequest, createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What happens to a request. */
export type Trouble =
  /** Passes, but only after so many milliseconds. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** The connection breaks before anything is answered. */
  | { readonly kind: 'cut' }
  /** Reaches the homeserver, whose answer is lost: the client can't know that it was done. */
  | { readonly kind: 'lose-answer' }
  /** The answer breaks off after so many bytes of its body. */
  | { readonly kind: 'truncate'; readonly bytes: number }
  /** The homeserver is not asked; a Matrix error comes instead. */
  | {
      readonly kind: 'error';
      readonly status: number;
      readonly errcode?: string;
      /**
       * Sent as `retry_after_ms`, and as a Retry-After header in seconds; below one second, which the
       * header can't say, without it.
       */
      readonly retryAfterMs?: number;
    }
  /** A page of HTML with status 200, as captive portals send. */
  | { readonly kind: 'html'; readonly status?: number }
  /** No answer ever, the connection stays open. */
  | { readonly kind: 'hang' };

export interface Rule {
  /** Matched against the path without its query. */
  readonly route: RegExp;
  /** The HTTP method; any by default. */
  readonly method?: string;
  readonly trouble: Trouble;
  /** How many requests it strikes before it is spent; every one by default. */
  readonly times?: number;
}

/** A request the proxy has seen. */
export interface SeenRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly authorized: boolean;
  /** What the proxy did to it, `pass` when nothing. */
  readonly fate: Trouble['kind'] | 'pass';
}

export interface HostileProxy {
  /** Without a trailing slash. */
  readonly url: string;
  /** Every request since the start, in order of arrival. */
  readonly seen: readonly SeenRequest[];
  /** Adds a rule; the newest that matches wins. Gives a function that takes it away again. */
  disturb(rule: Rule): () => void;
  /** Takes all rules away. */
  calm(): void;
  /** Refuses and breaks every connection until `goOnline`, as without a network. */
  goOffline(): void;
  goOnline(): void;
  stop(): Promise<void>;
}

/**
 * Starts a proxy on a free loopback port.
 *
 * @param target the homeserver's base URL; http only
 */
export async function startHostileProxy(target: string): Promise<HostileProxy> {
  const seen: SeenRequest[] = [];
  let rules: { rule: Rule; left: number }[] = [];
  let offline = false;

  function troubleFor(method: string, path: string): Trouble | undefined {
    const match = rules.findLast(
      ({ rule, left }) =>
        left > 0 && rule.route.test(path) && (rule.method === undefined || rule.method === method),
    );
    if (match === undefined) return undefined;
    match.left -= 1;
    return match.rule.trouble;
  }

  const server = createServer((request, response) => {
    const method = request.method ?? 'GET';
    const path = request.url ?? '/';
    const trouble = offline ? { kind: 'cut' as const } : troubleFor(method, withoutQuery(path));
    seen.push({
      method,
      path,
      authorized: request.headers.authorization !== undefined,
      fate: trouble?.kind ?? 'pass',
    });
    answer(target, request, response, trouble);
  });
  await listen(server);
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://localhost:${port}`,
    seen,
    disturb(rule) {
      const entry = { rule, left: rule.times ?? Number.POSITIVE_INFINITY };
      rules.push(entry);
      return () => {
        rules = rules.filter((each) => each !== entry);
      };
    },
    calm() {
      rules = [];
    },
    goOffline() {
      offline = true;
      server.closeAllConnections();
    },
    goOnline() {
      offline = false;
    },
    stop: () => stop(server),
  };
}

function answer(
  target: string,
  request: IncomingMessage,
  response: ServerResponse,
  trouble: Trouble | undefined,
): void {
  switch (trouble?.kind) {
    case undefined:
      forward(target, request, response);
      return;
    case 'delay': {
      const timer = setTimeout(() => forward(target, request, response), trouble.ms);
      response.once('close', () => clearTimeout(timer));
      return;
    }
    case 'cut':
      request.socket.destroy();
      return;
    case 'lose-answer':
      forward(target, request, response, { bodyLimit: 0, headers: false });
      return;
    case 'truncate':
      forward(target, request, response, { bodyLimit: trouble.bytes, headers: true });
      return;
    case 'error':
      sendError(response, trouble);
      return;
    case 'html':
      response.writeHead(trouble.status ?? 200, { 'content-type': 'text/html; charset=utf-8' });
      response.end('<!doctype html><title>Welcome</title><p>Please accept the terms of use.</p>');
      return;
    case 'hang':
      return;
  }
}

interface Damage {
  /** Bytes of the body that get through before the connection breaks. */
  readonly bodyLimit: number;
  /** Whether status and headers get through. */
  readonly headers: boolean;
}

function forward(
  target: string,
  request: IncomingMessage,
  response: ServerResponse,
  damage?: Damage,
): void {
  const { hostname, port } = new URL(target);
  const upstream = sendRequest({
    hostname,
    port,
    method: request.method,
    path: request.url,
    headers: { ...request.headers, host: `${hostname}:${port}` },
    // The homeserver listens on IPv4 only.
    family: 4,
  });
  upstream.once('response', (answered) => {
    if (damage?.headers === false) {
      answered.resume().once('end', () => request.socket.destroy());
      return;
    }
    response.writeHead(answered.statusCode ?? 502, answered.headers);
    if (damage === undefined) answered.pipe(response);
    else passPart(answered, response, damage.bodyLimit).catch(() => response.destroy());
  });
  // A broken upstream looks to the client like what it is: a broken connection.
  upstream.once('error', () => request.socket.destroy());
  response.once('close', () => upstream.destroy());
  request.pipe(upstream);
}

async function passPart(
  answered: IncomingMessage,
  response: ServerResponse,
  limit: number,
): Promise<void> {
  let left = limit;
  for await (const chunk of answered as AsyncIterable<Buffer>) {
    const part = chunk.subarray(0, left);
    left -= part.length;
    if (part.length > 0) {
      await new Promise((resolve) => {
        response.write(part, resolve);
      });
    }
    if (left === 0) break;
  }
  response.destroy();
}

function sendError(
  response: ServerResponse,
  { status, errcode, retryAfterMs }: Extract<Trouble, { kind: 'error' }>,
): void {
  const body = {
    errcode: errcode ?? (status === 429 ? 'M_LIMIT_EXCEEDED' : 'M_UNKNOWN'),
    error: 'Trouble made by a test',
    ...(retryAfterMs === undefined ? {} : { retry_after_ms: retryAfterMs }),
  };
  response.writeHead(status, {
    'content-type': 'application/json',
    ...(retryAfterMs === undefined || retryAfterMs < 1_000
      ? {}
      : { 'retry-after': String(Math.ceil(retryAfterMs / 1000)) }),
  });
  response.end(JSON.stringify(body));
}

function withoutQuery(path: string): string {
  return path.split('?', 1)[0] ?? path;
}

function listen(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => {
      if (error === undefined) resolve();
      else reject(error);
    });
    server.closeAllConnections();
  });
}

/**
 * The single way out to the network, on the main thread. It refuses plain http to anything but this
 * computer, follows redirects without carrying credentials to another origin, and ends every
 * request at its time limit or when the caller aborts.
 */
import { HoldfastError } from '../holdfast-error';
import { networkError } from './network-error';
import { splitBody, type SplitBody } from './split-body';
import { TimeLimit } from './time-limit';

export interface EgressRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Uint8Array<ArrayBuffer> | null;
  /** Milliseconds for the whole exchange; in the rest of a large body, for each part of it. */
  readonly timeoutMs: number;
}

export interface EgressResponse extends SplitBody {
  readonly url: string;
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly (readonly [string, string])[];
}

export type Egress = (request: EgressRequest, signal: AbortSignal) => Promise<EgressResponse>;

const maxRedirects = 10;
const redirectStatuses = new Set([301, 302, 303, 307, 308]);
const credentialHeaders = new Set(['authorization', 'cookie', 'proxy-authorization']);

/**
 * @param fetch the shell's; with `redirect: 'manual'` it must answer with the 3xx response itself.
 */
export function createEgress(fetch: typeof globalThis.fetch): Egress {
  return async (request, callerSignal) => {
    const timeout = new TimeLimit(request.timeoutMs);
    const signal = AbortSignal.any([callerSignal, timeout.signal]);
    const failure = (error: unknown): HoldfastError => {
      if (error instanceof HoldfastError) return error;
      if (callerSignal.aborted) return new HoldfastError('cancelled', 'The request was aborted');
      const server = hostOf(request.url);
      if (timeout.signal.aborted)
        return new HoldfastError('timeout', 'No answer in time', { server });
      return networkError(error, server);
    };
    timeout.start();
    try {
      return await exchange(fetch, request, signal, (body) => splitBody(body, timeout, failure));
    } catch (error) {
      throw failure(error);
    } finally {
      timeout.stop();
    }
  };
}

async function exchange(
  fetch: typeof globalThis.fetch,
  request: EgressRequest,
  signal: AbortSignal,
  split: (body: Response['body']) => Promise<SplitBody>,
): Promise<EgressResponse> {
  let url = requireSafeUrl(request.url);
  let { method, body } = request;
  let headers = request.headers;

  for (let redirects = 0; redirects <= maxRedirects; redirects++) {
    const response = await fetch(url, {
      method,
      headers: headers.map(([name, value]): [string, string] => [name, value]),
      body,
      signal,
      redirect: 'manual',
      credentials: 'omit',
      cache: 'no-store',
    });
    const location = response.headers.get('location');
    if (!redirectStatuses.has(response.status) || location === null) {
      return {
        url: url.href,
        status: response.status,
        statusText: response.statusText,
        headers: [...response.headers],
        ...(await split(response.body)),
      };
    }
    await response.body?.cancel();

    const becomesGet = response.status === 303 || (response.status <= 302 && method === 'POST');
    const next = requireSafeUrl(new URL(location, url).href);
    if (next.protocol === 'http:' && url.protocol === 'https:') {
      throw new HoldfastError('server_insecure', 'Redirected to http', { server: url.host });
    }
    if (next.origin !== url.origin) {
      // A body may be a password; nobody but the server it was meant for gets it.
      if (body !== null && !becomesGet) {
        throw new HoldfastError('server_error', 'Redirected elsewhere', { server: url.host });
      }
      headers = headers.filter(([name]) => !credentialHeaders.has(name.toLowerCase()));
    }
    if (becomesGet && method !== 'HEAD') {
      method = 'GET';
      body = null;
      headers = headers.filter(([name]) => !name.toLowerCase().startsWith('content-'));
    }
    url = next;
  }
  throw new HoldfastError('server_not_matrix', 'Too many redirects', { server: url.host });
}

/**
 * https, or http on this computer itself (S7).
 *
 * @throws {HoldfastError} `server_insecure` or `server_name_invalid`
 */
export function requireSafeUrl(text: string): URL {
  let url: URL;
  try {
    url = new URL(text);
  } catch (cause) {
    throw new HoldfastError('server_name_invalid', 'Not a URL', {}, { cause });
  }
  if (url.protocol === 'https:') return url;
  if (url.protocol === 'http:' && isLoopback(url.hostname)) return url;
  throw new HoldfastError('server_insecure', `Refused ${url.protocol}`, { server: url.host });
}

/** Whether a URL's hostname is this computer. */
export function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname === '[::1]' ||
    /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname)
  );
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : '';
}

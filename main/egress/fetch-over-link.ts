/** The engine's `fetch`: the same interface, carried to the main thread's egress. */
import { HoldfastError } from '../holdfast-error';
import type { MainProcedures } from '../engine/protocol';
import type { Rpc } from '../link/rpc';
import { bodyOf } from './body-of';

/** Longer than the longest thing we ask for: a sync long poll of 30 s and slow large answers. */
const defaultTimeoutMs = 180_000;

/** Statuses for which the Response constructor refuses a body. */
const bodiless = new Set([101, 204, 205, 304]);

export function fetchOverLink(main: Rpc<MainProcedures>): typeof globalThis.fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const body = request.body === null ? null : new Uint8Array(await request.arrayBuffer());
    try {
      const response = await main.call(
        'fetch',
        {
          url: request.url,
          method: request.method,
          headers: [...request.headers],
          body,
          timeoutMs: defaultTimeoutMs,
        },
        { signal: request.signal, transfer: body === null ? [] : [body.buffer] },
      );
      return new Response(bodiless.has(response.status) ? null : bodyOf(response, request.signal), {
        status: response.status,
        statusText: response.statusText,
        headers: response.headers.map(([name, value]): [string, string] => [name, value]),
      });
    } catch (error) {
      if (error instanceof HoldfastError && error.code === 'cancelled') {
        throw new DOMException('The request was aborted', 'AbortError');
      }
      throw error;
    }
  };
}

import { bodyOf } from '../../../main/egress/body-of';
import { createEgress } from '../../../main/egress/egress';
import { HoldfastError } from '../../../main/holdfast-error';

/** Answers in the server's place, throws as a network would, or calls `onward`. */
export type Intercept = (
  request: InterceptedRequest,
  onward: () => Promise<Response>,
) => Promise<Response>;

export interface InterceptedRequest {
  readonly method: string;
  readonly url: URL;
  /** The body as text; empty where there is none. */
  readonly body: string;
  /** Whoever asked wants it no more. */
  readonly signal: AbortSignal;
}

export interface TestFetch {
  readonly fetch: typeof globalThis.fetch;
  intercept(intercept: Intercept | null): void;
}

/** Long enough for a sync's long poll. */
const timeoutMs = 60_000;
const bodiless = new Set([101, 204, 205, 304]);

/** The app's own egress on Node's fetch, without the worker's link between. */
export function testFetch(first: Intercept | null): TestFetch {
  const egress = createEgress(globalThis.fetch);
  let intercept = first;
  return {
    intercept: (next) => void (intercept = next),
    async fetch(input, init) {
      const request = new Request(input, init);
      const body = request.body === null ? null : new Uint8Array(await request.arrayBuffer());
      const onward = async (): Promise<Response> => {
        const response = await egress(
          {
            url: request.url,
            method: request.method,
            headers: [...request.headers],
            body,
            timeoutMs,
          },
          request.signal,
        ).catch((error: unknown) => {
          // As the worker's fetch does: the SDK knows an abort by its name.
          if (!(error instanceof HoldfastError) || error.code !== 'cancelled') throw error;
          throw new DOMException('The request was aborted', 'AbortError');
        });
        return new Response(
          bodiless.has(response.status) ? null : bodyOf(response, request.signal),
          {
            status: response.status,
            headers: response.headers.map(([name, value]): [string, string] => [name, value]),
          },
        );
      };
      if (intercept === null) return onward();
      const text = body === null ? '' : new TextDecoder().decode(body);
      const { method, signal } = request;
      return intercept({ method, url: new URL(request.url), body: text, signal }, onward);
    },
  };
}

/** An answer of the server in the spec's error format. */
export function matrixError(status: number, errcode: string): Response {
  return Response.json({ errcode, error: errcode }, { status });
}

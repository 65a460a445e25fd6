import type { SplitBody } from './split-body';

/** The whole body for a `Response`; aborting ends the rest of a large one as well. */
export function bodyOf(
  { body, rest }: SplitBody,
  signal: AbortSignal,
): ArrayBuffer | ReadableStream<Uint8Array> {
  if (rest === undefined) return body;
  const reader = rest.getReader();
  let abort: (() => void) | null = null;
  const end = (): void => {
    if (abort !== null) signal.removeEventListener('abort', abort);
  };
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        controller.enqueue(new Uint8Array(body));
        abort = () => {
          controller.error(new DOMException('The request was aborted', 'AbortError'));
          reader.cancel().catch(() => undefined);
        };
        if (signal.aborted) abort();
        else signal.addEventListener('abort', abort, { once: true });
      },
      async pull(controller) {
        const { done, value } = await reader.read();
        // Aborted while it was read: the stream has its error already.
        if (signal.aborted) return;
        if (!done) {
          controller.enqueue(value);
          return;
        }
        end();
        controller.close();
      },
      cancel(reason) {
        end();
        return reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}

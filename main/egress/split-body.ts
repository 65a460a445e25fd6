import { releaseBytes } from '../link/release-bytes';
import type { TimeLimit } from './time-limit';

/** Bytes up to which a body is handed over whole. */
const wholeUpTo = 256 * 1024;

/** A body as it is handed on. */
export interface SplitBody {
  /** The body, or its beginning where there is a {@link rest}. */
  readonly body: ArrayBuffer;
  /** What follows in a large body: read as it arrives, so that it never lies in memory as a whole. */
  readonly rest?: ReadableStream<Uint8Array>;
}

type Body = ReadableStream<Uint8Array<ArrayBuffer>>;

/**
 * Reads a body, or the beginning of a large one. Its rest is read only as fast as it is taken, and
 * the time in which nobody takes it does not count.
 *
 * @param failure what an error of the network means to whoever reads the rest
 */
export async function splitBody(
  body: Body | null,
  limit: TimeLimit,
  failure: (error: unknown) => Error,
): Promise<SplitBody> {
  if (body === null) return { body: new ArrayBuffer(0) };
  const reader = body.getReader();
  const parts: Uint8Array[] = [];
  let size = 0;
  while (size <= wholeUpTo) {
    const { done, value } = await reader.read();
    if (done) return { body: joined(parts, size) };
    parts.push(value);
    size += value.length;
  }
  return { body: joined(parts, size), rest: restOf(reader, limit, failure) };
}

function restOf(
  reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>,
  limit: TimeLimit,
  failure: (error: unknown) => Error,
): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        limit.start();
        try {
          const { done, value } = await reader.read();
          if (done) controller.close();
          else controller.enqueue(value);
        } catch (error) {
          controller.error(failure(error));
        } finally {
          limit.stop();
        }
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}

function joined(parts: readonly Uint8Array[], size: number): ArrayBuffer {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
    releaseBytes(part);
  }
  return whole.buffer;
}

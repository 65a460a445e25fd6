/**
 * When a message that could not be sent is tried again by itself. A server that is busy gets
 * another try soon; without a connection the person sees at once that the message is not sent.
 */
import { HTTPError, MatrixScheduler, type MatrixEvent } from 'matrix-js-sdk';
import { retryAfter } from '../session/request-error';

const triesWhenBusy = 3;
const triesWhenLimited = 5;
/** Longer than this nobody watches a message wait: it is shown as not sent. */
const longestWaitMs = 60_000;
const giveUp = -1;

/** Sends messages in order, one at a time. */
export function messageQueue(): MatrixScheduler {
  return new MatrixScheduler(retryDelay, (event) => MatrixScheduler.QUEUE_MESSAGES(event));
}

/** Milliseconds to wait after the failed try number `tries`, or -1 to give up. */
export function retryDelay(_event: MatrixEvent | null, tries: number, error: unknown): number {
  if (!(error instanceof HTTPError)) return giveUp;
  if (error.httpStatus === 429) {
    const wait = retryAfter(error) ?? 1000 * 2 ** tries;
    return tries >= triesWhenLimited || wait > longestWaitMs ? giveUp : wait;
  }
  if ((error.httpStatus ?? 0) >= 500) return tries >= triesWhenBusy ? giveUp : 500 * 2 ** tries;
  return giveUp;
}

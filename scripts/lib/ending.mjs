/** An orderly end: what was started last is stopped first, also when Ctrl+C asks for it. */
import { constants } from 'node:os';

const SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/**
 * Runs `body`, which registers with `onEnd` what has to be stopped. Everything is stopped when the
 * body is over, fails, or a signal asks this process to end; a second signal ends it at once, and
 * what hangs on a leash ends with it.
 *
 * @template T
 * @param {(onEnd: (stop: () => Promise<void>) => void) => Promise<T>} body
 * @returns {Promise<T>}
 */
export async function withEnding(body) {
  /** @type {(() => Promise<void>)[]} */
  const stops = [];
  const stopAll = async () => {
    for (let stop = stops.pop(); stop !== undefined; stop = stops.pop()) await stop();
  };
  let asked = false;
  const isAsked = () => asked;
  const onSignal = (/** @type {NodeJS.Signals} */ signal) => {
    const code = 128 + constants.signals[signal];
    if (asked) process.exit(code);
    asked = true;
    void stopAll().finally(() => process.exit(code));
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  try {
    return await body((stop) => stops.push(stop));
  } finally {
    // After a signal the handler stops everything and ends the process; nothing may get ahead of it.
    if (isAsked()) await new Promise(() => undefined);
    await stopAll();
    for (const signal of SIGNALS) process.off(signal, onSignal);
  }
}

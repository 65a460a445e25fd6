import type { Reply } from '../../preload/api';
import type { Failure } from '../engine/protocol';

/** Enough to tell a help desk what went wrong; older ones are forgotten. */
const kept = 20;

/** The calls that failed lately: which, when, and by which code. What they were about is not kept. */
export class RecentFailures {
  #failures: readonly Failure[] = [];

  get all(): readonly Failure[] {
    return this.#failures;
  }

  /** Another person signs in: what failed before is not theirs. */
  forget(): void {
    this.#failures = [];
  }

  /** Takes note of how a call ended, and hands it on. */
  note(call: unknown, reply: Reply): Reply {
    if (!reply.ok && typeof call === 'string') {
      const failure = { at: Date.now(), call: named(call), code: reply.error.code };
      this.#failures = [...this.#failures, failure].slice(-kept);
    }
    return reply;
  }
}

/** A window that may call anything by any name must not write into the report. */
function named(call: string): string {
  return /^[A-Za-z]{1,40}\.[A-Za-z]{1,40}$/.test(call) ? call : 'another';
}

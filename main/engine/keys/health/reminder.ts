import { z } from 'zod';
import type {
  KeyPolicy,
  KeyState,
  Reminder as ReminderState,
} from '../../../../preload/model/keys';
import { HoldfastError } from '../../../holdfast-error';
import type { KeyValueTable } from '../../../store/profile-store';

const recordKey = 'keys.reminder';
const record = z.object({ userId: z.string(), snoozedUntil: z.number() });
const hour = 3_600_000;
const snoozeMs = 24 * hour;
/** Who switched the backup off on purpose is not asked every day, but is asked (I6). */
const disabledSnoozeMs = 7 * 24 * hour;

/** Reminds as long as the account can't be recovered; snoozing lasts over restarts and ends. */
export class Reminder {
  readonly #records: KeyValueTable;
  readonly #userId: string;

  constructor(records: KeyValueTable, userId: string) {
    this.#records = records;
    this.#userId = userId;
  }

  /** @param now milliseconds since 1970 */
  state(keys: KeyState, policy: KeyPolicy, now: number): ReminderState {
    if (!needsThePerson(keys)) return { due: false, snoozedUntil: null };
    const snoozedUntil = this.#snoozedUntil;
    // A clock that was set back must not keep the reminder away.
    const snoozed = snoozedUntil > now && snoozedUntil <= now + disabledSnoozeMs;
    return snoozed && !policy.setupRequired ? { due: false, snoozedUntil } : { due: true };
  }

  /** @throws {HoldfastError} `policy_required` where nobody may put it off */
  snooze(keys: KeyState, policy: KeyPolicy, now: number): void {
    if (policy.setupRequired) throw new HoldfastError('policy_required', 'Setup is required');
    const snoozedUntil = now + (keys === 'disabled_by_user' ? disabledSnoozeMs : snoozeMs);
    this.#records.set(recordKey, { userId: this.#userId, snoozedUntil });
  }

  get #snoozedUntil(): number {
    const stored = record.safeParse(this.#records.get(recordKey)).data;
    return stored?.userId === this.#userId ? stored.snoozedUntil : 0;
  }
}

/** States that end only when somebody does something. */
function needsThePerson(state: KeyState): boolean {
  return state !== 'ready' && state !== 'uploading' && state !== 'unknown';
}

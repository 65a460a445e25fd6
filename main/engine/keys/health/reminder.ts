import { z } from 'zod';
import type {
  KeyPolicy,
  KeyState,
  Reminder as ReminderState,
} from '../../../../preload/model/keys';
import { HoldfastError } from '../../../holdfast-error';
import type { KeyValueTable } from '../../../store/profile-store';

const recordKey = 'keys.reminder';
const record = z.object({
  userId: z.string(),
  snoozedAt: z.number().default(0),
  snoozedUntil: z.number(),
});
const hour = 3_600_000;
const snoozeMs = 24 * hour;
/** Who switched the backup off on purpose is not asked every day, but is asked (I6). */
const disabledSnoozeMs = 7 * 24 * hour;

/** Reminds as long as the account can't be recovered; snoozing lasts over restarts and ends. */
export class Reminder {
  readonly #records: KeyValueTable;
  readonly #userId: string;
  readonly #managedHours: () => number | null;

  /** @param managedHours for how long the organisation lets it be put off; null: as we think fit */
  constructor(
    records: KeyValueTable,
    userId: string,
    managedHours: () => number | null = () => null,
  ) {
    this.#records = records;
    this.#userId = userId;
    this.#managedHours = managedHours;
  }

  /** @param now milliseconds since 1970 */
  state(keys: KeyState, policy: KeyPolicy, now: number): ReminderState {
    if (!needsThePerson(keys)) return { due: false, snoozedUntil: null };
    const { snoozedAt, snoozedUntil } = this.#snoozed;
    // A clock that was set back must not keep the reminder away, nor a snooze of before the
    // organisation allowed less.
    const longest = this.#managedMs ?? disabledSnoozeMs;
    const snoozed = snoozedAt <= now && snoozedUntil > now && snoozedUntil <= now + longest;
    return snoozed && !policy.setupRequired ? { due: false, snoozedUntil } : { due: true };
  }

  /** @throws {HoldfastError} `policy_required` where nobody may put it off */
  snooze(keys: KeyState, policy: KeyPolicy, now: number): void {
    if (policy.setupRequired) throw new HoldfastError('policy_required', 'Setup is required');
    const ours = keys === 'disabled_by_user' ? disabledSnoozeMs : snoozeMs;
    const snoozedUntil = now + (this.#managedMs ?? ours);
    this.#records.set(recordKey, { userId: this.#userId, snoozedAt: now, snoozedUntil });
  }

  get #managedMs(): number | null {
    const hours = this.#managedHours();
    return hours === null ? null : hours * hour;
  }

  get #snoozed(): { readonly snoozedAt: number; readonly snoozedUntil: number } {
    const stored = record.safeParse(this.#records.get(recordKey)).data;
    return stored?.userId === this.#userId ? stored : { snoozedAt: 0, snoozedUntil: 0 };
  }
}

/** States that end only when somebody does something. */
function needsThePerson(state: KeyState): boolean {
  return state !== 'ready' && state !== 'uploading' && state !== 'unknown';
}

/**
 * What the person has to do before anything else, because key backup or verification is required.
 * The window shows nothing else meanwhile, and the engine refuses what would go around it.
 */
import { z } from 'zod';
import type { KeyDemand, KeyPolicy, KeyState } from '../../../../preload/model/keys';
import type { KeyRepair } from '../../../../preload/model/key-repair';
import { HoldfastError } from '../../../holdfast-error';
import type { KeyValueTable } from '../../../store/profile-store';

const recordKey = 'keys.demand';
const record = z.object({
  deviceId: z.string(),
  undone: z.enum(['setup', 'restore', 'repair', 'none']),
  unverified: z.boolean(),
});
type Remembered = z.infer<typeof record>;

export interface Required {
  readonly keys: KeyPolicy;
  readonly verification: boolean;
}

/** How the keys stand, as far as it was told; `unknown` leaves what was known before. */
export interface KeysNow {
  readonly state: KeyState;
  readonly repair: KeyRepair | null;
  /** Null while unknown. */
  readonly verified: boolean | null;
}

export class KeyDemands {
  readonly #records: KeyValueTable;
  readonly #deviceId: string;
  readonly #required: () => Required;

  constructor(records: KeyValueTable, deviceId: string, required: () => Required) {
    this.#records = records;
    this.#deviceId = deviceId;
    this.#required = required;
  }

  /** Notes how the keys stand: being out of reach later does not free anyone. */
  note({ state, repair, verified }: KeysNow): void {
    const before = this.#remembered;
    const undone = state === 'unknown' ? (before?.undone ?? null) : undoneIn(state, repair);
    const unverified = verified === null ? (before?.unverified ?? null) : !verified;
    if (undone === null || unverified === null) return;
    if (undone === before?.undone && unverified === before.unverified) return;
    this.#records.set(recordKey, { deviceId: this.#deviceId, undone, unverified });
  }

  /** What fills the window; null where nothing has to be done, or where it is not known yet. */
  get current(): KeyDemand | null {
    const undone = this.#remembered?.undone ?? 'none';
    return this.#required().keys.setupRequired && undone !== 'none' ? undone : null;
  }

  /**
   * Nothing is sent that could be lost. What is not known is no permission.
   *
   * @throws {HoldfastError} `policy_required`; `verify_own_first` where that is what is missing
   */
  requireMet(): void {
    const { keys, verification } = this.#required();
    const remembered = this.#remembered;
    if (keys.setupRequired && remembered?.undone !== 'none') {
      throw new HoldfastError('policy_required', 'Key backup is required');
    }
    if (verification && remembered?.unverified !== false) {
      throw new HoldfastError('verify_own_first', 'A verified device is required');
    }
  }

  get #remembered(): Remembered | null {
    const stored = record.safeParse(this.#records.get(recordKey)).data;
    return stored?.deviceId === this.#deviceId ? stored : null;
  }
}

/** Whatever has to be repaired by the person has to be repaired first. */
function undoneIn(state: KeyState, repair: KeyRepair | null): Remembered['undone'] {
  if (state === 'ready' || state === 'uploading') return 'none';
  return repair === 'setup' || repair === 'restore' ? repair : 'repair';
}

import { HoldfastError } from '../../../holdfast-error';
import { unlock } from '../../../recovery-key/unlock';
import type { KeyState } from '../../../../preload/model/keys';
import type { KeyHealth } from '../health/key-health';
import type { KeysContext } from '../keys-context';
import type { StorageKey } from '../secrets/secret-storage';
import { tellRecoveryKey } from '../tell-recovery-key';
import {
  newDrillRecord,
  readDrillRecord,
  writeDrillRecord,
  type DrillRecord,
} from './drill-record';
import { drillDueAt, snoozedUntilFrom } from './drill-schedule';

/** Milliseconds: the time a computer sleeps is not counted by timers. */
const lookEveryMs = 3_600_000;

/**
 * Asks now and then whether the recovery key is still at hand, as long as this device could make a
 * new one: a key that nobody has any more is found out too late otherwise.
 */
export class KeyDrill {
  readonly #context: KeysContext;
  readonly #health: KeyHealth;
  #timer: NodeJS.Timeout | null = null;

  constructor(context: KeysContext, health: KeyHealth) {
    this.#context = context;
    this.#health = health;
    const stop = context.topics.keys.subscribe(() => this.#follow());
    const ended = (): void => {
      stop();
      this.#wakeIn(null);
    };
    const stopManaged = context.managed.subscribe(() => this.#publish());
    context.stopped.addEventListener('abort', stopManaged, { once: true });
    context.stopped.addEventListener('abort', ended, { once: true });
  }

  /**
   * Judges a recovery key, a text that holds one, or the security phrase, by the key's description:
   * nothing of it leaves this device, and without a connection the remembered description serves.
   *
   * @throws {HoldfastError} what {@link unlock} says; `not_ready` where no key is known to check
   */
  async check(secret: string): Promise<void> {
    const key = await this.#keyToCheck();
    const { secretStorage } = this.#context;
    const open = await unlock(secret, key, (bytes) => secretStorage.judge(key, bytes));
    try {
      tellRecoveryKey(this.#context, open, key.phrase);
    } finally {
      open.bytes.fill(0);
    }
    const now = Date.now();
    const before = this.#recordOf(key, now);
    this.#write({ ...before, checkedAt: now, passed: before.passed + 1, snoozedUntil: 0 });
    this.#publish();
  }

  snooze(): void {
    const record = this.#record;
    if (record === null) return;
    this.#write({ ...record, snoozedUntil: snoozedUntilFrom(Date.now()) });
    this.#publish();
  }

  /** The server's word where it can be had: the key may have been replaced elsewhere. */
  async #keyToCheck(): Promise<StorageKey> {
    const remembered = this.#record?.key ?? null;
    const key = await this.#context.secretStorage.defaultKey().catch((error: unknown) => {
      if (remembered === null) throw error;
      return remembered;
    });
    if (key === null) throw new HoldfastError('not_ready', 'There is no recovery key');
    return key;
  }

  /** The time runs from when a key is first seen to open everything; another key begins anew. */
  #follow(): void {
    const key = this.#health.survey?.storageKey ?? null;
    if (key !== null && opensEverything(this.#health.state)) {
      if (this.#record?.key.id !== key.id) this.#write(this.#recordOf(key, Date.now()));
    }
    this.#publish();
  }

  #recordOf(key: StorageKey, now: number): DrillRecord {
    const record = this.#record;
    return record?.key.id === key.id ? record : newDrillRecord(this.#userId, key, now);
  }

  #publish(): void {
    if (this.#context.stopped.aborted) return;
    const record = this.#record;
    const now = Date.now();
    const dueAt =
      record === null
        ? null
        : drillDueAt(record, now, this.#context.managed.value.drillInterval.value);
    const mayAsk = opensEverything(this.#health.state);
    const due = mayAsk && dueAt !== null && dueAt <= now;
    this.#context.topics.drill.set({
      due,
      checkedAt: record?.checkedAt ?? null,
      possible: record !== null,
    });
    this.#wakeIn(due || dueAt === null ? null : dueAt - now);
  }

  #wakeIn(ms: number | null): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (ms === null) return;
    this.#timer = setTimeout(() => this.#publish(), Math.min(Math.max(ms, 0) + 1, lookEveryMs));
    this.#timer.unref();
  }

  #write(record: DrillRecord): void {
    writeDrillRecord(this.#context.store.crypto.records, record);
  }

  get #record(): DrillRecord | null {
    return readDrillRecord(this.#context.store.crypto.records, this.#userId);
  }

  get #userId(): string {
    return this.#context.account.userId;
  }
}

/** Only then is the key worth checking, and this device able to make another one. */
function opensEverything(state: KeyState): boolean {
  return state === 'ready' || state === 'uploading';
}

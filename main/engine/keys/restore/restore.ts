import { ClientEvent, SyncState } from 'matrix-js-sdk';
import { setTimeout as pause } from 'node:timers/promises';
import { HoldfastError } from '../../../holdfast-error';
import type { KeyHealth } from '../health/key-health';
import type { KeysContext } from '../keys-context';
import { findBackup } from '../server/backup-version';
import { isPassing, waitAskedFor } from '../server/server-failure';
import { tellRecoveryKey } from '../tell-recovery-key';
import { openAccount } from './open-account';
import {
  forgetRestoreRecord,
  readRestoreRecord,
  writeRestoreRecord,
  type RestoreRecord,
} from './restore-record';
import { RestoreRun } from './restore-run';
import { timeLeft } from './time-left';
import { unlock } from './unlock';

const firstPauseMs = 1_000;
const longestPauseMs = 60_000;

/** Restoring from the backup: unlocking once, then fetching keys until all are here. */
export class Restore {
  readonly #context: KeysContext;
  readonly #health: KeyHealth;
  #checking = false;
  #running: Promise<void> | null = null;
  #retryNow = new AbortController();

  constructor(context: KeysContext, health: KeyHealth) {
    this.#context = context;
    this.#health = health;
    // A restore that was cut off goes on by itself: its key is in this device's store.
    const record = this.#storedRecord();
    if (record !== null) {
      this.#tell({ step: 'interrupted', ...progressOf(record) });
      this.#start(record);
    }
  }

  /**
   * Opens the account with a recovery key, a text that holds one, or the security phrase; fetching
   * the keys then goes on in the background.
   *
   * @throws {HoldfastError} what {@link unlock} and {@link openAccount} say; `not_allowed` while a
   *   restore is under way
   */
  async begin(secret: string): Promise<void> {
    if (this.#checking || this.#running !== null) {
      throw new HoldfastError('not_allowed', 'A restore is under way');
    }
    this.#checking = true;
    this.#tell({ step: 'checking' });
    try {
      const record = await this.#open(secret);
      writeRestoreRecord(this.#context.store.crypto.records, record);
      this.#start(record);
    } catch (error) {
      this.#tell({ step: 'idle' });
      throw error;
    } finally {
      this.#checking = false;
      void this.#health.refresh();
    }
  }

  /** Ends the pause after a failure at once. */
  resume(): void {
    this.#retryNow.abort();
    if (this.#running !== null) return;
    const record = this.#storedRecord();
    if (record === null) throw new HoldfastError('not_ready', 'There is no restore to go on with');
    this.#start(record);
  }

  /** The person has seen the result. A restore that is under way goes on. */
  dismiss(): void {
    if (this.#running === null && !this.#checking) this.#tell({ step: 'idle' });
  }

  async #open(secret: string): Promise<RestoreRecord> {
    const { secretStorage, homeserver, account } = this.#context;
    const storageKey = await secretStorage.defaultKey();
    if (storageKey === null) {
      const backup = await findBackup(homeserver);
      throw backup === null
        ? new HoldfastError('backup_missing', 'Neither secret storage nor backup')
        : new HoldfastError('key_unverifiable', 'A backup without secret storage');
    }
    const key = await unlock(secret, storageKey, (bytes) => secretStorage.judge(storageKey, bytes));
    tellRecoveryKey(this.#context, key, storageKey.phrase);
    try {
      const { version, count } = await openAccount(this.#context, key);
      const { deviceId } = account;
      return { deviceId, version, total: count, imported: 0, failed: 0, rooms: [] };
    } finally {
      key.bytes.fill(0);
    }
  }

  #start(record: RestoreRecord): void {
    const interrupted = (): void => this.#tell({ step: 'interrupted', ...progressOf(record) });
    this.#running = this.#runUntilDone(record)
      // Nobody awaits it: what even its own error handling could not do ends here.
      .catch(interrupted)
      .finally(() => {
        this.#running = null;
        if (!this.#isStopped()) void this.#health.refresh();
      });
  }

  async #runUntilDone(first: RestoreRecord): Promise<void> {
    let record = first;
    let pauseMs = firstPauseMs;
    for (;;) {
      const run = this.#newRun(record);
      let askedToWaitMs: number;
      try {
        await this.#synced();
        this.#tell({ step: 'restoring', ...progressOf(record), timeLeftMs: null });
        await run.run();
        this.#finish(run.record);
        return;
      } catch (error) {
        if (this.#isStopped() || !this.#isToBeTriedAgain(error, run.record)) return;
        askedToWaitMs = waitAskedFor(error);
      }
      const cameOn = doneOf(run.record) > doneOf(record);
      pauseMs = cameOn ? firstPauseMs : Math.min(pauseMs * 2, longestPauseMs);
      record = run.record;
      await this.#pause(Math.max(pauseMs, askedToWaitMs));
      if (this.#isStopped()) return;
    }
  }

  #newRun(record: RestoreRecord): RestoreRun {
    const estimate = timeLeft(doneOf(record), Date.now());
    return new RestoreRun(this.#context, record, (now) => {
      const { done, total } = progressOf(now);
      const timeLeftMs = estimate(done, total, Date.now());
      this.#tell({ step: 'restoring', done, total, timeLeftMs });
    });
  }

  #finish(record: RestoreRecord): void {
    forgetRestoreRecord(this.#context.store.crypto.records);
    const { total } = progressOf(record);
    // What the server counted and did not hand out is as missing as what could not be read.
    this.#tell({ step: 'done', imported: record.imported, total, failed: total - record.imported });
  }

  /** Tells what stopped the run; false where waiting would not help. */
  #isToBeTriedAgain(error: unknown, record: RestoreRecord): boolean {
    if (error instanceof HoldfastError && error.code === 'backup_missing') {
      // Another device replaced the backup: what is left of it can't be had any more, and counts as
      // what could not be restored.
      this.#finish(record);
      return false;
    }
    this.#tell({ step: 'interrupted', ...progressOf(record) });
    return isPassing(error);
  }

  async #pause(pauseMs: number): Promise<void> {
    this.#retryNow = new AbortController();
    const signal = AbortSignal.any([this.#retryNow.signal, this.#context.stopped]);
    await pause(pauseMs, undefined, { signal }).catch(() => undefined);
  }

  /** The rooms, and when people last spoke in them, are known after the first sync. */
  async #synced(): Promise<void> {
    const { client, stopped } = this.#context;
    if (client.isInitialSyncComplete()) return;
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    const onSync = (state: SyncState): void => {
      if (state === SyncState.Prepared || state === SyncState.Syncing) resolve(undefined);
    };
    const onStop = (): void => reject(new HoldfastError('cancelled', 'The session ended'));
    client.on(ClientEvent.Sync, onSync);
    stopped.addEventListener('abort', onStop, { once: true });
    try {
      await promise;
    } finally {
      client.off(ClientEvent.Sync, onSync);
      stopped.removeEventListener('abort', onStop);
    }
  }

  #isStopped(): boolean {
    return this.#context.stopped.aborted;
  }

  #storedRecord(): RestoreRecord | null {
    const { store, account } = this.#context;
    return readRestoreRecord(store.crypto.records, account.deviceId);
  }

  #tell(state: Parameters<KeysContext['topics']['restore']['set']>[0]): void {
    if (!this.#isStopped()) this.#context.topics.restore.set(state);
  }
}

function doneOf({ imported, failed }: RestoreRecord): number {
  return imported + failed;
}

/** Others may have added keys meanwhile: never show more than all. */
function progressOf(record: RestoreRecord): { done: number; total: number } {
  const done = doneOf(record);
  return { done, total: Math.max(record.total, done) };
}

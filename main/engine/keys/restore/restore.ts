import { setTimeout as pause } from 'node:timers/promises';
import { ClientEvent, SyncState } from 'matrix-js-sdk';
import { HoldfastError } from '../../../holdfast-error';
import type { RoomId } from '../../../../preload/model/ids';
import type { RestoreState } from '../../../../preload/model/keys';
import { listen } from '../../sync/listen';
import type { OpenKey } from '../../../recovery-key/unlock';
import type { KeyHealth } from '../health/key-health';
import type { KeysContext } from '../keys-context';
import type { BackupVersion } from '../server/backup-version';
import { backupPrivateKey } from './backup-private-key';
import { DecryptionPool } from './decryption-pool';
import { firstSync } from './first-sync';
import { openAccount } from './open-account';
import { openForScreen } from './open-for-screen';
import { openSecretStorage } from './open-secret-storage';
import {
  forgetRestoreRecord,
  newRestoreRecord,
  readRestoreRecord,
  writeRestoreRecord,
  type RestoreRecord,
} from './restore-record';
import { RestoreRun } from './restore-run';
import { Retries } from './retries';
import { restoreScreen } from './screen-keys';
import { timeLeft } from './time-left';

/**
 * Milliseconds in which nothing else is fetched than the keys on screen; what of them takes longer
 * comes beside the rooms.
 */
const screenAloneMs = 1_000;

interface Running {
  readonly ended: Promise<void>;
  readonly retries: Retries;
  /** Ends it, for a pause. */
  readonly stop: AbortController;
}

/** Restoring from the backup: unlocking once, then fetching keys until all are here. */
export class Restore {
  readonly #context: KeysContext;
  readonly #health: KeyHealth;
  #checking = false;
  #running: Running | null = null;
  /** Never rejects: what it could not bring comes with its room. */
  #screen: Promise<unknown> = Promise.resolve();

  constructor(context: KeysContext, health: KeyHealth) {
    this.#context = context;
    this.#health = health;
    this.#tellStored();
    const record = this.#unfinished();
    // A restore that was cut off goes on by itself: its key is in this device's store.
    if (record?.paused === false) this.#start(record);
  }

  /**
   * Opens the account with a recovery key, a text that holds one, or the security phrase; fetching
   * the keys then goes on in the background.
   *
   * @throws {HoldfastError} what {@link openSecretStorage} and {@link openAccount} say; `not_allowed` while a
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
      this.#write(record);
      this.#start(record);
    } catch (error) {
      this.#tellStored();
      throw error;
    } finally {
      this.#checking = false;
      void this.#health.refresh();
    }
  }

  /** This device got the key of the backup from another one: what it opens follows. */
  beginWithKeyHere({ version, count }: BackupVersion): void {
    if (this.#checking || this.#running !== null) return;
    const { account } = this.#context;
    const before = this.#unfinished();
    if (before?.version === version) return;
    const record = newRestoreRecord(account.deviceId, version, count);
    this.#write(record);
    this.#start(record);
  }

  /**
   * Waits until {@link resume}, over restarts; what a room has brought so far is fetched again then.
   *
   * @throws {HoldfastError} `not_ready` where there is nothing to pause
   */
  async pause(): Promise<void> {
    this.#running?.stop.abort();
    await this.#running?.ended;
    const record = this.#unfinished();
    if (record === null) throw new HoldfastError('not_ready', 'There is no restore to pause');
    this.#write({ ...record, paused: true });
    this.#tellStored();
  }

  /** Goes on after a pause; ends at once the one after a failure. */
  resume(): void {
    if (this.#running !== null) {
      this.#running.retries.now();
      return;
    }
    const record = this.#unfinished();
    if (record === null) throw new HoldfastError('not_ready', 'There is no restore to go on with');
    const goingOn = { ...record, paused: false };
    if (record.paused) this.#write(goingOn);
    this.#start(goingOn);
  }

  /** The person has seen the result. A restore that is under way goes on, a paused one stays. */
  dismiss(): void {
    if (this.#running !== null || this.#checking || this.#unfinished()?.paused === true) return;
    if (this.#storedRecord()?.over === true) this.#forget();
    this.#tell({ step: 'idle' });
  }

  async #open(secret: string): Promise<RestoreRecord> {
    const { account } = this.#context;
    const key = await openSecretStorage(this.#context, secret);
    this.#screen = this.#readScreen(key);
    try {
      const { version, count } = await openAccount(this.#context, key);
      const before = this.#unfinished();
      if (before?.version === version) return { ...before, paused: false };
      return newRestoreRecord(account.deviceId, version, count);
    } finally {
      key.bytes.fill(0);
    }
  }

  /** While the account is still being opened. */
  async #readScreen(key: OpenKey): Promise<void> {
    try {
      const backup = await openForScreen(this.#context, key);
      if (backup === null) return;
      const { version, decryptor } = backup;
      await restoreScreen(this.#context, version, decryptor, this.#context.stopped);
    } catch {
      // What failed is asked for again by the restore itself.
    }
  }

  #start(record: RestoreRecord): void {
    const stop = new AbortController();
    const signal = AbortSignal.any([stop.signal, this.#context.stopped]);
    const shown = { record };
    const retries = new Retries({
      signal,
      told: (pausing) => {
        const progress = progressOf(shown.record);
        if (pausing) this.#tell({ step: 'interrupted', ...progress });
        else this.#tell({ step: 'restoring', ...progress, timeLeftMs: null });
      },
    });
    const over = new AbortController();
    listen(this.#context.client, over.signal, {
      [ClientEvent.Sync]: (state: SyncState, before: SyncState | null) => {
        if (isBack(state, before)) retries.connected();
      },
    });
    const ended = this.#run(shown, retries, signal)
      // Nobody awaits it: what even its own error handling could not do ends here.
      .catch(() => {
        if (!signal.aborted) this.#tellStored();
      })
      .finally(() => {
        over.abort();
        this.#running = null;
        if (!this.#isStopped()) void this.#health.refresh();
      });
    this.#running = { ended, retries, stop };
  }

  /** @param shown the record as far as it is told */
  async #run(
    shown: { record: RestoreRecord },
    retries: Retries,
    signal: AbortSignal,
  ): Promise<void> {
    for (;;) {
      try {
        await firstSync(this.#context.client, signal);
        await this.#runOnce(shown, retries, signal);
        this.#finish(shown.record);
        return;
      } catch (error) {
        if (signal.aborted) return;
        if (error instanceof HoldfastError && error.code === 'backup_missing') {
          // What is left of it can't be had any more, and counts as what could not be restored.
          this.#finish(shown.record);
          return;
        }
        await retries.waitAfter(error);
      }
    }
  }

  async #runOnce(
    shown: { record: RestoreRecord },
    retries: Retries,
    signal: AbortSignal,
  ): Promise<void> {
    const { record } = shown;
    this.#tell({ step: 'restoring', ...progressOf(record), timeLeftMs: null });
    const privateKey = await backupPrivateKey(this.#context, record.version);
    const pool = await DecryptionPool.open(this.#context.decryptionThread, privateKey);
    // What is still asked for when the run ends is for nobody.
    const over = new AbortController();
    const parts = {
      context: this.#context,
      pool,
      retries,
      signal: AbortSignal.any([signal, over.signal]),
    };
    const estimate = timeLeft(doneOf(record), Date.now());
    const run: RestoreRun = new RestoreRun(parts, record, () => {
      shown.record = run.record;
      const { done, total } = progressOf(record, run.done);
      const timeLeftMs = estimate(done, total, Date.now());
      this.#tell({ step: 'restoring', done, total, timeLeftMs });
    });
    this.#screen = this.#screen
      .then(() => restoreScreen(this.#context, record.version, pool.decryptor, parts.signal))
      .catch(() => undefined);
    try {
      await Promise.race([this.#screen, pause(screenAloneMs, undefined, { signal: parts.signal })]);
      await run.run();
    } finally {
      shown.record = run.record;
      over.abort();
      await pool.close();
    }
  }

  #finish(record: RestoreRecord): void {
    const result = resultOf(record);
    // What is missing stays told over restarts, until the person has seen it.
    if (result.failed > 0) this.#write({ ...record, over: true });
    else this.#forget();
    this.#tell(result);
  }

  /** What is to be gone on with or still to be seen, where there is something. */
  #tellStored(): void {
    const record = this.#isStopped() ? null : this.#storedRecord();
    if (record === null) this.#tell({ step: 'idle' });
    else if (record.over) this.#tell(resultOf(record));
    else this.#tell({ step: record.paused ? 'paused' : 'interrupted', ...progressOf(record) });
  }

  #isStopped(): boolean {
    return this.#context.stopped.aborted;
  }

  #storedRecord(): RestoreRecord | null {
    const { store, account } = this.#context;
    return readRestoreRecord(store.crypto.records, account.deviceId);
  }

  /** The one to go on with. */
  #unfinished(): RestoreRecord | null {
    const record = this.#storedRecord();
    return record?.over === true ? null : record;
  }

  #forget(): void {
    forgetRestoreRecord(this.#context.store.crypto.records);
  }

  #write(record: RestoreRecord): void {
    writeRestoreRecord(this.#context.store.crypto.records, record);
  }

  #tell(state: Parameters<KeysContext['topics']['restore']['set']>[0]): void {
    if (!this.#isStopped()) this.#context.topics.restore.set(state);
  }
}

/** Whether the sync reaches the server again. */
function isBack(state: SyncState, before: SyncState | null): boolean {
  if (before !== SyncState.Error && before !== SyncState.Reconnecting) return false;
  return state !== SyncState.Error && state !== SyncState.Reconnecting;
}

function doneOf({ imported, failed }: RestoreRecord): number {
  return imported + failed;
}

function resultOf(record: RestoreRecord): Extract<RestoreState, { readonly step: 'done' }> {
  const { total } = progressOf(record);
  const { imported } = record;
  const failedRooms = record.failedRooms.map(({ roomId, keys }) => ({
    roomId: roomId as RoomId,
    keys,
  }));
  // What the server counted and did not hand out is as missing as what could not be read.
  return { step: 'done', imported, total, failed: total - imported, failedRooms };
}

/** Others may have added keys meanwhile: never show more than all. */
function progressOf(
  record: RestoreRecord,
  done: number = doneOf(record),
): { done: number; total: number } {
  return { done, total: Math.max(record.total, done) };
}

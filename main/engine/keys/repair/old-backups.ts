/**
 * Another device may replace the backup and take with it what only the old one holds. The key of the
 * backup this device reads is kept, beside the library's own copy of it: that copy gives way to the
 * new backup's key by itself. So is the key of an older one that is about to give way in secret
 * storage. Whatever the server still has of an old backup comes here first (I1), and until it has, or
 * the server says that there is no such backup, its key stays.
 */
import { ClientEvent, SyncState } from 'matrix-js-sdk';
import { z } from 'zod';
import { HoldfastError } from '../../../holdfast-error';
import { listen } from '../../sync/listen';
import { readBackup, type BackupReading, type ReadParts } from '../change/read-backup';
import { backupKeyHere } from '../change/secrets-here';
import type { KeySurvey } from '../health/gather-key-facts';
import type { KeysContext } from '../keys-context';
import { noteVersion } from '../old-key/earlier-versions';
import { Retries } from '../restore/retries';
import { isPassing } from '../server/server-failure';

const recordKey = 'keys.backups';

const opened = z.object({
  version: z.string(),
  /** Base64. */
  key: z.string(),
});
const record = z.object({
  userId: z.string(),
  /** The account's present backup as far as this device could read one. */
  current: opened.nullable(),
  /** Replaced, and not read to the end yet. */
  old: z.array(opened),
});

type Backups = z.infer<typeof record>;

/** A backup and what opens it. */
export type OpenedBackup = z.infer<typeof opened>;

/**
 * What reading one came to: `gone` where the server does not have it any more; `refused` where
 * waiting does not mend what failed.
 */
export type OldReading = BackupReading | 'gone' | 'refused';

export class OldBackups {
  readonly #context: KeysContext;
  readonly #read: () => void;
  /** Versions not to be tried again for now: waiting for them would keep “all is safe” away for good. */
  readonly #refused = new Set<string>();

  /** @param read called when the keys of an old backup have come here, or can't for now */
  constructor(context: KeysContext, read: () => void) {
    this.#context = context;
    this.#read = read;
    listen(context.client, context.stopped, {
      [ClientEvent.Sync]: (state: SyncState, before: SyncState | null) => {
        if (this.#refused.size === 0 || isAway(state) || !isAway(before)) return;
        this.#refused.clear();
        void this.#readWaiting();
      },
    });
  }

  /** One of them still has to be read. */
  get wait(): boolean {
    return this.#next !== undefined;
  }

  /** Takes note of what the server has now, and begins to read what it replaced. */
  async follow({ backup, facts }: KeySurvey): Promise<void> {
    if (facts.backup === 'unknown') return;
    const key =
      backup !== null && facts.backupTrust === 'readable'
        ? await backupKeyHere(this.#context, backup)
        : null;
    if (this.#context.stopped.aborted) return;
    if (backup !== null) noteVersion(this.#context, backup.version);
    const { current, old } = this.#backups;
    const replaced = current !== null && current.version !== backup?.version ? [current] : [];
    const present = replaced.length > 0 ? null : current;
    this.#write({
      current: key === null || backup === null ? present : { version: backup.version, key },
      old: withBackups(old, replaced),
    });
    if (this.wait) void this.#readWaiting();
  }

  /** Over restarts, until they are read or gone. */
  keep(backups: readonly OpenedBackup[]): void {
    const { current, old } = this.#backups;
    this.#write({ current, old: withBackups(old, backups) });
  }

  /** Those of these versions that are kept. */
  kept(versions: readonly string[]): readonly OpenedBackup[] {
    return this.#backups.old.filter(({ version }) => versions.includes(version));
  }

  /**
   * Reads one of those kept, now, for whoever has the turn.
   *
   * @throws {unknown} what its signal was aborted with
   */
  async readNow(
    { version, key }: OpenedBackup,
    how: Omit<ReadParts, 'context'>,
  ): Promise<OldReading> {
    const { retries, signal } = how;
    const parts = { ...how, context: this.#context };
    try {
      const reading = await retries.persist(() => readBackup(parts, version, key, recordKey));
      signal.throwIfAborted();
      // What came from it counts as uploaded, but is in no other backup.
      if (reading !== null) this.#context.uploadedTo.remember(version);
      this.#forget(version);
      return reading ?? 'gone';
    } catch (error) {
      if (signal.aborted || this.#context.stopped.aborted) throw error;
      if (error instanceof HoldfastError && error.code === 'backup_missing') {
        this.#forget(version);
        return 'gone';
      }
      if (isPassing(error)) throw error;
      this.#refused.add(version);
      return 'refused';
    } finally {
      this.#read();
    }
  }

  #readWaiting(): Promise<void> {
    return this.#context.turn
      .byItself('old backups', async (signal) => {
        const retries = new Retries({ signal, told: () => undefined });
        const how = { retries, signal, progress: () => undefined };
        for (let next = this.#next; next !== undefined; next = this.#next) {
          await this.readNow(next, how);
        }
      })
      .catch(() => undefined);
  }

  get #next(): OpenedBackup | undefined {
    return this.#backups.old.find(({ version }) => !this.#refused.has(version));
  }

  #forget(version: string): void {
    const { current, old } = this.#backups;
    this.#write({ current, old: old.filter((one) => one.version !== version) });
  }

  get #backups(): Backups {
    const { store, account } = this.#context;
    const stored = record.safeParse(store.crypto.records.get(recordKey)).data;
    const { userId } = account;
    return stored?.userId === userId ? stored : { userId, current: null, old: [] };
  }

  #write(backups: Omit<Backups, 'userId'>): void {
    const { store, account } = this.#context;
    const { userId } = account;
    const before = JSON.stringify(this.#backups);
    const after: Backups = { userId, ...backups };
    if (JSON.stringify(after) !== before) store.crypto.records.set(recordKey, after);
  }
}

function isAway(state: SyncState | null): boolean {
  return state === SyncState.Error || state === SyncState.Reconnecting;
}

function withBackups(old: readonly OpenedBackup[], more: readonly OpenedBackup[]): OpenedBackup[] {
  const isNew = ({ version }: OpenedBackup): boolean =>
    !more.some((one) => one.version === version);
  return [...old.filter(isNew), ...more];
}

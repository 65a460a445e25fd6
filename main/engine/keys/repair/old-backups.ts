/**
 * Another device may replace the backup and take with it what only the old one holds. The key of the
 * backup this device reads is kept, beside the library's own copy of it: that copy gives way to the
 * new backup's key by itself. Whatever the server still has of the old one comes here first (I1).
 */
import { z } from 'zod';
import { HoldfastError } from '../../../holdfast-error';
import { readPlan } from '../change/plan';
import { readWholeBackup } from '../change/read-backup';
import { backupKeyHere } from '../change/secrets-here';
import type { KeySurvey } from '../health/gather-key-facts';
import { singleFlight } from '../health/single-flight';
import type { KeysContext } from '../keys-context';
import { Retries } from '../restore/retries';
import { findBackupVersion } from '../server/backup-version';
import { isPassing } from '../server/server-failure';

const recordKey = 'keys.backups';
/** Backups replaced one after the other while this device was off. */
const keptOld = 3;

const opened = z.object({
  version: z.string(),
  /** Base64. */
  key: z.string(),
});
const record = z.object({
  deviceId: z.string(),
  /** The account's present backup as far as this device could read one. */
  current: opened.nullable(),
  /** Replaced, and not read to the end yet. */
  old: z.array(opened),
});

type Backups = z.infer<typeof record>;

export class OldBackups {
  readonly #context: KeysContext;
  readonly #read: () => void;

  /** @param read called when the keys of old backups have come here */
  constructor(context: KeysContext, read: () => void) {
    this.#context = context;
    this.#read = read;
  }

  /** One of them still has to be read. */
  get wait(): boolean {
    return this.#backups.old.length > 0;
  }

  /** Takes note of what the server has now, and begins to read what it replaced. */
  async follow({ backup, facts }: KeySurvey): Promise<void> {
    if (facts.backup === 'unknown') return;
    const { current, old } = this.#backups;
    const replaced = current !== null && current.version !== backup?.version ? [current] : [];
    const key =
      backup !== null && facts.backupTrust === 'readable'
        ? await backupKeyHere(this.#context, backup)
        : null;
    if (this.#context.stopped.aborted) return;
    const present = replaced.length > 0 ? null : current;
    this.#write({
      current: key === null || backup === null ? present : { version: backup.version, key },
      old: [...old, ...replaced].slice(-keptOld),
    });
    if (this.wait) void this.#readAll();
  }

  readonly #readAll = singleFlight(async () => {
    const { store, account, stopped } = this.#context;
    if (stopped.aborted) return;
    for (const old of this.#backups.old) {
      // A change of the keys reads the old backup itself.
      if (readPlan(store.crypto.records, account.deviceId) !== null) return;
      const outcome = await this.#readOne(old).catch(() => 'cut_off');
      if (outcome === 'cut_off') return;
      // What came from it counts as uploaded, but is in no other backup.
      if (outcome === 'read') this.#context.uploadedTo.remember(old.version);
      const { current, old: waiting } = this.#backups;
      this.#write({ current, old: waiting.filter(({ version }) => version !== old.version) });
      this.#read();
    }
  });

  async #readOne({ version, key }: z.infer<typeof opened>): Promise<'read' | 'gone' | 'cut_off'> {
    const { homeserver, stopped: signal } = this.#context;
    const parts = {
      context: this.#context,
      retries: new Retries({ signal, told: () => undefined }),
      signal,
      progress: () => undefined,
    };
    try {
      return await parts.retries.persist(async () => {
        const isThere = (await findBackupVersion(homeserver, version)) !== null;
        if (isThere) await readWholeBackup(parts, version, key, recordKey);
        signal.throwIfAborted();
        return isThere ? 'read' : 'gone';
      });
    } catch (error) {
      if (signal.aborted || isPassing(error) || !(error instanceof HoldfastError)) return 'cut_off';
      // Never to be read: waiting for it would keep "all is safe" away for good.
      return 'read';
    }
  }

  get #backups(): Backups {
    const { store, account } = this.#context;
    const stored = record.safeParse(store.crypto.records.get(recordKey)).data;
    const { deviceId } = account;
    return stored?.deviceId === deviceId ? stored : { deviceId, current: null, old: [] };
  }

  #write(backups: Omit<Backups, 'deviceId'>): void {
    const { store, account } = this.#context;
    const { deviceId } = account;
    const before = JSON.stringify(this.#backups);
    const after: Backups = { deviceId, ...backups };
    if (JSON.stringify(after) !== before) store.crypto.records.set(recordKey, after);
  }
}

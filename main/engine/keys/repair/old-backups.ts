/**
 * Another device may replace the backup and take with it what only the old one holds. The key of the
 * backup this device reads is kept, beside the library's own copy of it: that copy gives way to the
 * new backup's key by itself. Whatever the server still has of the old one comes here first (I1).
 */
import { z } from 'zod';
import { HoldfastError } from '../../../holdfast-error';
import { readPlan } from '../change/plan';
import { readBackup, type BackupReading } from '../change/read-backup';
import { backupKeyHere } from '../change/secrets-here';
import type { KeySurvey } from '../health/gather-key-facts';
import { singleFlight } from '../health/single-flight';
import type { KeysContext } from '../keys-context';
import { noteVersion } from '../old-key/earlier-versions';
import { Retries } from '../restore/retries';
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
  /** What the last reading of each brought; only who asks for it in {@link read} takes it. */
  readonly #readings = new Map<string, BackupReading>();

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
      old: [...old, ...replaced].slice(-keptOld),
    });
    if (this.wait) void this.#readAll();
  }

  /**
   * Reads one that the person has found the key to, now; cut off, it is read at the next start.
   *
   * @throws {HoldfastError} `server_error` where it was not read to the end
   */
  async read(version: string, key: string): Promise<BackupReading> {
    const { current, old } = this.#backups;
    const others = old.filter((one) => one.version !== version);
    this.#write({ current, old: [...others, { version, key }] });
    this.#readings.delete(version);
    await this.#readAll();
    const reading = this.#readings.get(version);
    if (reading === undefined) {
      throw new HoldfastError('server_error', 'The old backup was not read to its end');
    }
    return reading;
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
    const { stopped: signal } = this.#context;
    const parts = {
      context: this.#context,
      retries: new Retries({ signal, told: () => undefined }),
      signal,
      progress: () => undefined,
    };
    try {
      return await parts.retries.persist(async () => {
        const reading = await readBackup(parts, version, key, recordKey);
        signal.throwIfAborted();
        if (reading === null) return 'gone';
        this.#readings.set(version, reading);
        return 'read';
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

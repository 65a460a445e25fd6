import { mkdir, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { KeySnapshot } from '../../../../preload/model/key-change';
import { listFolder } from '../../../files/list-folder';
import { writePrivateFile, diskError } from '../../../files/private-file';
import { HoldfastError } from '../../../holdfast-error';
import { unlock } from '../../../recovery-key/unlock';
import { SerialQueue } from '../../../serial-queue';
import type { KeysContext } from '../keys-context';
import { cryptoOf } from '../olm-machine';
import { readRecipient } from './recovery-recipient';
import { snapshotFolder } from './snapshot-folder';
import { seriesOf, superfluous } from './superfluous';
import {
  openByRecoveryKey,
  openByStore,
  readHeader,
  sealSnapshot,
  type SnapshotHeader,
} from './snapshot-file';

const recordKey = 'keys.snapshot';
const lastSnapshot = z.object({ deviceId: z.string(), at: z.number(), keys: z.number() });
const name = /^\d+\.hfkeys$/;
const dayMs = 86_400_000;
const lookEveryMs = 3_600_000;
/** Not while the app starts: exporting many keys takes the engine's thread for a moment. */
const firstLookAfterMs = 120_000;

/** When the last one was made, in milliseconds since 1970; null where this device has made none. */
export function lastSnapshotAt({ store, account }: KeysContext): number | null {
  const stored = lastSnapshot.safeParse(store.crypto.records.get(recordKey)).data;
  return stored?.deviceId === account.deviceId ? stored.at : null;
}

/** All room keys of this device in encrypted files beside its databases; see {@link superfluous}. */
export class Snapshots {
  readonly #context: KeysContext;
  readonly #writing = new SerialQueue();

  constructor(context: KeysContext) {
    this.#context = context;
    const look = (): void => void this.#makeDaily().catch(() => undefined);
    const first = setTimeout(look, firstLookAfterMs);
    const regularly = setInterval(look, lookEveryMs);
    first.unref();
    regularly.unref();
    const stop = (): void => {
      clearTimeout(first);
      clearInterval(regularly);
    };
    context.stopped.addEventListener('abort', stop, { once: true });
  }

  /**
   * Writes one, and removes what is {@link superfluous}.
   *
   * @returns how many keys it holds; 0: there was none, and no file was written
   * @throws {HoldfastError} `disk_full`, `disk_read_only` or `disk_error`
   */
  make(): Promise<number> {
    return this.#writing.run(() => this.#make());
  }

  /** Resolves when the one that was being written is whole on disk; never rejects. */
  settled(): Promise<void> {
    return this.#writing.ended();
  }

  /** The newest first. @throws {HoldfastError} what the disk says; none only where there is none */
  async list(): Promise<KeySnapshot[]> {
    return (await this.#headers()).map(({ id, header: { madeAt, keys, byRecoveryKey } }) => ({
      id,
      madeAt,
      keys,
      recoverable: byRecoveryKey !== null,
    }));
  }

  /**
   * Imports the keys of a snapshot. What this device has already stays as it is.
   *
   * @param secret the recovery key or phrase of when it was made, where it is another store's
   * @returns how many keys it holds
   * @throws {HoldfastError} `snapshot_locked` where this store can't open it and no secret is given,
   *   or what {@link unlock} says
   */
  async readBack(id: string, secret?: string): Promise<number> {
    const file = await this.#read(id);
    const json = openByStore(file, this.#context.store.snapshotKey) ?? (await opened(file, secret));
    await cryptoOf(this.#context.client).importRoomKeysAsJson(json);
    return readHeader(file)?.keys ?? 0;
  }

  async #make(): Promise<number> {
    const { client, store, account, stopped } = this.#context;
    stopped.throwIfAborted();
    const json = await cryptoOf(client).exportRoomKeysAsJson();
    const keys = (JSON.parse(json) as readonly unknown[]).length;
    if (keys === 0) return 0;
    const madeAt = Date.now();
    const recipient = readRecipient(store.crypto.records, account.userId);
    const series = seriesOf(account.deviceId, store.snapshotKey);
    const file = sealSnapshot({ madeAt, keys, series, json }, store.snapshotKey, recipient);
    await mkdir(this.#folder, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
      throw diskError(error);
    });
    await writePrivateFile(join(this.#folder, `${String(madeAt)}.hfkeys`), file);
    stopped.throwIfAborted();
    const { deviceId } = account;
    store.crypto.records.set(recordKey, { deviceId, at: madeAt, keys });
    // The next one removes what could not be removed now.
    await this.#removeSuperfluous().catch(() => undefined);
    return keys;
  }

  async #makeDaily(): Promise<void> {
    const { store, account, pendingKeys } = this.#context;
    const stored = lastSnapshot.safeParse(store.crypto.records.get(recordKey)).data;
    const last = stored?.deviceId === account.deviceId ? stored : null;
    const age = Date.now() - (last?.at ?? 0);
    // A clock that was set back must not keep it away.
    if (age >= 0 && age < dayMs) return;
    if ((await pendingKeys.count()).total !== (last?.keys ?? 0)) await this.make();
  }

  async #removeSuperfluous(): Promise<void> {
    const all = await this.#headers();
    const facts = all.map(({ id, header: { keys, series } }) => ({ id, keys, series }));
    for (const id of superfluous(facts)) await unlink(join(this.#folder, id));
  }

  /** The newest first; what is no snapshot is left alone. */
  async #headers(): Promise<{ id: string; header: SnapshotHeader }[]> {
    const found: { id: string; header: SnapshotHeader }[] = [];
    for (const id of await this.#names()) {
      const header = readHeader(await this.#read(id));
      if (header !== null) found.push({ id, header });
    }
    return found;
  }

  get #folder(): string {
    return join(this.#context.store.dir, snapshotFolder);
  }

  /** The newest first. */
  async #names(): Promise<string[]> {
    const names = await listFolder(this.#folder);
    return names
      .filter((entry) => name.test(entry))
      .sort((one, other) => Number.parseInt(other, 10) - Number.parseInt(one, 10));
  }

  async #read(id: string): Promise<Buffer> {
    if (!name.test(id)) throw new HoldfastError('bad_request', 'No snapshot has such a name');
    return readFile(join(this.#folder, id)).catch((error: unknown) => {
      throw diskError(error);
    });
  }
}

async function opened(file: Uint8Array, secret: string | undefined): Promise<string> {
  const sealed = readHeader(file)?.byRecoveryKey;
  if (secret === undefined || sealed == null) {
    throw new HoldfastError('snapshot_locked', 'Made by another store');
  }
  const found: string[] = [];
  const locked = { id: sealed.keyId, phrase: sealed.phrase };
  const { bytes } = await unlock(secret, locked, async (key) => {
    const json = openByRecoveryKey(file, key);
    if (json !== null) found.push(json);
    return json === null ? 'wrong' : 'right';
  });
  bytes.fill(0);
  return found.join('');
}

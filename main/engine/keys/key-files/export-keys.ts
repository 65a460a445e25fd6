import { HoldfastError } from '../../../holdfast-error';
import { sealKeyFile } from '../../../key-files/key-file-format';
import type { ExportedKeys } from '../../protocol';
import type { KeysContext } from '../keys-context';
import { readStoredKeys, type OldDevice } from '../carry-over/stored-keys';
import { cryptoOf } from '../olm-machine';

const rounds = 500_000;
/** The file can be guessed at offline, for as long as somebody has a copy of it. */
const shortestPassphrase = 12;

/**
 * All keys of this device that can be read, in the format every client reads. The crypto library
 * passes over a row that it can't make out without a word: they are counted.
 *
 * @throws {HoldfastError} `passphrase_too_short`
 */
export async function exportKeys(
  { client, pendingKeys }: KeysContext,
  passphrase: string,
): Promise<ExportedKeys> {
  requireLongEnough(passphrase);
  const { total } = await pendingKeys.count();
  const keys = await cryptoOf(client).exportRoomKeysAsJson();
  const count = (JSON.parse(keys) as readonly unknown[]).length;
  const unread = Math.max(0, total - count);
  return { text: await sealKeyFile(keys, passphrase, rounds), keys: count, unread };
}

/** The same for a device that is not signed in. */
export async function exportStoredKeys(
  indexedDB: IDBFactory,
  device: OldDevice,
  passphrase: string,
): Promise<ExportedKeys> {
  requireLongEnough(passphrase);
  const keys: unknown[] = [];
  let total = 0;
  for await (const { entries, read } of readStoredKeys(indexedDB, device)) {
    keys.push(...entries);
    total += read;
  }
  const text = await sealKeyFile(JSON.stringify(keys), passphrase, rounds);
  return { text, keys: keys.length, unread: total - keys.length };
}

function requireLongEnough(passphrase: string): void {
  if (Array.from(passphrase).length >= shortestPassphrase) return;
  throw new HoldfastError('passphrase_too_short', 'Too short', { count: shortestPassphrase });
}

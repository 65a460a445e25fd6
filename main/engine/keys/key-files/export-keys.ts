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
 * All keys of this device in the format every client reads.
 *
 * @throws {HoldfastError} `passphrase_too_short`
 */
export async function exportKeys(
  { client }: KeysContext,
  passphrase: string,
): Promise<ExportedKeys> {
  requireLongEnough(passphrase);
  const keys = await cryptoOf(client).exportRoomKeysAsJson();
  const count = (JSON.parse(keys) as readonly unknown[]).length;
  return { text: await sealKeyFile(keys, passphrase, rounds), keys: count };
}

/** The same for a device that is not signed in. */
export async function exportStoredKeys(
  indexedDB: IDBFactory,
  device: OldDevice,
  passphrase: string,
): Promise<ExportedKeys> {
  requireLongEnough(passphrase);
  const keys: unknown[] = [];
  for await (const { entries } of readStoredKeys(indexedDB, device)) keys.push(...entries);
  return { text: await sealKeyFile(JSON.stringify(keys), passphrase, rounds), keys: keys.length };
}

function requireLongEnough(passphrase: string): void {
  if (Array.from(passphrase).length >= shortestPassphrase) return;
  throw new HoldfastError('passphrase_too_short', 'Too short', { count: shortestPassphrase });
}

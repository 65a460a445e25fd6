import { HoldfastError } from '../../../holdfast-error';
import { sealKeyFile } from '../../../key-files/key-file-format';
import type { ExportedKeys } from '../../protocol';
import type { KeysContext } from '../keys-context';
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
  if (Array.from(passphrase).length < shortestPassphrase) {
    throw new HoldfastError('passphrase_too_short', 'Too short', { count: shortestPassphrase });
  }
  const keys = await cryptoOf(client).exportRoomKeysAsJson();
  const count = (JSON.parse(keys) as readonly unknown[]).length;
  return { text: await sealKeyFile(keys, passphrase, rounds), keys: count };
}

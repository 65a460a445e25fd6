import type { OlmMachine } from '@matrix-org/matrix-sdk-crypto-wasm';
import { HoldfastError } from '../../../holdfast-error';
import { openKeyFile, parseKeyFile } from '../../../key-files/key-file-format';
import type { ImportedKeys } from '../../../../preload/model/key-files';
import type { KeysContext } from '../keys-context';
import { olmMachineOf } from '../olm-machine';

/** Keys imported at once; between two batches the engine does other things. */
const batchSize = 500;

/**
 * Brings the keys of a key file here. Keys this device has already, and as good, stay as they are;
 * messages that waited for one of the others become readable, and these go into the backup.
 *
 * @throws {HoldfastError} what {@link parseKeyFile} and {@link openKeyFile} say
 */
export async function importKeys(
  { client }: KeysContext,
  text: string,
  passphrase: string,
): Promise<ImportedKeys> {
  return importEntries(
    olmMachineOf(client),
    entriesOf(await openKeyFile(parseKeyFile(text), passphrase)),
  );
}

/** The same for the entries a key file holds. */
export async function importEntries(
  machine: OlmMachine,
  entries: readonly unknown[],
): Promise<ImportedKeys> {
  const keys = entries.filter(isRoomKey);
  let imported = 0;
  let failed = entries.length - keys.length;
  for (let from = 0; from < keys.length; from += batchSize) {
    const batch = await importBatch(machine, keys.slice(from, from + batchSize));
    imported += batch.imported;
    failed += batch.failed;
  }
  return { total: entries.length, imported, failed };
}

function entriesOf(json: string): readonly unknown[] {
  try {
    const entries: unknown = JSON.parse(json);
    if (Array.isArray(entries)) return entries;
  } catch {
    // Told below: the passphrase was right, and what it opened is no list of keys.
  }
  throw new HoldfastError('key_file_damaged', 'The key file holds no list of keys');
}

/** The machine passes over keys for other algorithms without a word. */
function isRoomKey(entry: unknown): boolean {
  const isObject = typeof entry === 'object' && entry !== null;
  return isObject && Reflect.get(entry, 'algorithm') === 'm.megolm.v1.aes-sha2';
}

type Tally = Omit<ImportedKeys, 'total'>;

/**
 * Where the machine can't read one entry, it refuses them all: then the halves are tried, down to the
 * entry it is.
 */
async function importBatch(machine: OlmMachine, entries: readonly unknown[]): Promise<Tally> {
  if (entries.length === 0) return { imported: 0, failed: 0 };
  try {
    const result = await machine.importExportedRoomKeys(JSON.stringify(entries), () => undefined);
    const imported = result.importedCount;
    result.free();
    return { imported, failed: 0 };
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    if (entries.length === 1) return { imported: 0, failed: 1 };
    const middle = Math.ceil(entries.length / 2);
    const first = await importBatch(machine, entries.slice(0, middle));
    const second = await importBatch(machine, entries.slice(middle));
    return { imported: first.imported + second.imported, failed: first.failed + second.failed };
  }
}

/** The machine names the place in the JSON; what the store says of a failed write has none. */
function isUnreadable(error: unknown): boolean {
  return error instanceof Error && / at line \d+ column \d+$/.test(error.message);
}

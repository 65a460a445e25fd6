/** What the vault keeps beside the store: nothing secret, and nothing the store can do without. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writePrivateFile } from '../files/private-file';
import { HoldfastError } from '../holdfast-error';

export const vaultFileName = 'vault.json';

const vaultFile = z.object({
  version: z.literal(1),
  /** Names the keychain entry, so that profiles don't share one. */
  profileId: z.uuid(),
  backend: z.literal('keychain'),
  /** Tells a wrong key from a damaged database (base64). */
  keyCheck: z.string(),
});

export type VaultFile = z.infer<typeof vaultFile>;

/**
 * Null where there is none.
 *
 * @throws {HoldfastError} `store_newer` for a format this version doesn't know, `store_damaged` for
 *   anything else that isn't a vault file
 */
export async function readVaultFile(profileDir: string): Promise<VaultFile | null> {
  let text: string;
  try {
    text = await readFile(join(profileDir, vaultFileName), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw new HoldfastError('disk_error', 'The vault file can’t be read', {}, { cause: error });
  }
  const json = parseJson(text);
  const parsed = vaultFile.safeParse(json);
  if (parsed.success) return parsed.data;
  const version = z.object({ version: z.number().min(2) }).safeParse(json);
  throw version.success
    ? new HoldfastError('store_newer', 'The vault was written by a newer version')
    : new HoldfastError('store_damaged', 'The vault file is damaged');
}

export function writeVaultFile(profileDir: string, file: VaultFile): Promise<void> {
  return writePrivateFile(join(profileDir, vaultFileName), `${JSON.stringify(file, null, 2)}\n`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

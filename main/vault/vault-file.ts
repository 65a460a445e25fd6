/**
 * What the vault keeps beside the store: nothing secret, but what opens the store without the
 * keychain. Two copies, written in turn, so that no torn or damaged one ever locks a person out.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { diskError, writePrivateFile } from '../files/private-file';
import { HoldfastError } from '../holdfast-error';
import { passphraseWrap } from './passphrase-wrap';
import { recoveryWrap } from './recovery-wrap';

/** The second is there for the day on which the first can't be read. */
export const vaultFileNames = ['vault.json', 'vault-copy.json'] as const;

const version = 2;

const vaultFile = z.object({
  version: z.literal(version),
  /** Counts the writes: of two sound copies the later one holds. */
  revision: z.int().min(0),
  /** Names the keychain entry, so that profiles don't share one. */
  profileId: z.uuid(),
  backend: z.enum(['keychain', 'passphrase']),
  /** The person wants to be asked for the passphrase, although there is a keychain. */
  locked: z.literal(true).optional(),
  /** Tells a wrong key from a damaged database (base64). */
  keyCheck: z.base64(),
  wraps: z.object({ passphrase: passphraseWrap.optional(), recovery: recoveryWrap.optional() }),
});

/** Before there were wraps and copies. */
const firstVaultFile = z
  .object({
    version: z.literal(1),
    profileId: z.uuid(),
    backend: z.literal('keychain'),
    keyCheck: z.base64(),
  })
  .transform((file): VaultFile => ({ ...file, version, revision: 0, wraps: {} }));

export type VaultFile = z.infer<typeof vaultFile>;

export interface VaultOnDisk {
  readonly file: VaultFile;
  /** False where a copy is missing, damaged or older than the other. */
  readonly whole: boolean;
}

type Copy =
  | { readonly kind: 'sound'; readonly file: VaultFile; readonly text: string }
  | { readonly kind: 'missing' | 'newer' | 'damaged' }
  | { readonly kind: 'unreadable'; readonly error: HoldfastError };

/**
 * Null where there is none at all.
 *
 * @throws {HoldfastError} `store_newer` for a format this version doesn't know, `store_damaged`
 *   where no copy is sound, or what the disk says
 */
export async function readVaultFile(profileDir: string): Promise<VaultOnDisk | null> {
  const copies = await Promise.all(vaultFileNames.map((name) => readCopy(join(profileDir, name))));
  if (copies.some(({ kind }) => kind === 'newer')) {
    throw new HoldfastError('store_newer', 'The vault was written by a newer version');
  }
  const sound = copies.filter((copy) => copy.kind === 'sound');
  // The first of equals, because it is written first.
  const [latest] = sound.toSorted((one, other) => other.file.revision - one.file.revision);
  if (latest !== undefined) {
    const whole = sound.length === copies.length && sound.every(({ text }) => text === latest.text);
    return { file: latest.file, whole };
  }
  const unreadable = copies.find((copy) => copy.kind === 'unreadable');
  if (unreadable !== undefined) throw unreadable.error;
  if (copies.every(({ kind }) => kind === 'missing')) return null;
  throw new HoldfastError('store_damaged', 'The vault file is damaged');
}

/**
 * Writes both copies, one after the other.
 *
 * @returns what was written
 * @throws {HoldfastError} `disk_full`, `disk_read_only` or `disk_error`; one copy is sound then
 */
export async function writeVaultFile(
  profileDir: string,
  content: Omit<VaultFile, 'version' | 'revision'>,
  lastRevision: number,
): Promise<VaultFile> {
  const file: VaultFile = { version, revision: lastRevision + 1, ...content };
  const text = `${JSON.stringify({ ...file, checksum: checksumOf(file) }, null, 2)}\n`;
  for (const name of vaultFileNames) await writePrivateFile(join(profileDir, name), text);
  return file;
}

async function readCopy(path: string): Promise<Copy> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return missing ? { kind: 'missing' } : { kind: 'unreadable', error: diskError(error) };
  }
  const json = parseJson(text);
  const first = firstVaultFile.safeParse(json);
  if (first.success) return { kind: 'sound', file: first.data, text };
  if (z.object({ version: z.number().min(version + 1) }).safeParse(json).success) {
    return { kind: 'newer' };
  }
  const parsed = vaultFile.safeParse(json);
  return parsed.success && hasItsChecksum(json)
    ? { kind: 'sound', file: parsed.data, text }
    : { kind: 'damaged' };
}

/** Without it, a flipped bit in a wrap would pass for a wrong key. */
function hasItsChecksum(json: unknown): boolean {
  const parsed = z.looseObject({ checksum: z.string() }).safeParse(json);
  if (!parsed.success) return false;
  const { checksum, ...content } = json as Record<string, unknown>;
  return checksum === checksumOf(content);
}

function checksumOf(content: object): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('base64');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

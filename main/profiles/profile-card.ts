/**
 * What is known of a profile before it is opened: the name its person chose to be shown, and by what
 * its person is recognised. A small file in its folder; where it is lost, opening the profile makes
 * it anew. One that can't be read at the moment is not lost.
 */
import { readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { HoldfastError } from '../holdfast-error';
import { diskError, writePrivateFile } from '../files/private-file';
import { ownerMark } from './owner-mark';

export const cardFileName = 'profile.json';

/** Characters of a name. */
export const maxNameLength = 60;

const card = z.object({
  version: z.literal(1),
  name: z.string().min(1).max(maxNameLength).nullable().catch(null),
  /** Null: nobody has signed in on this profile yet. */
  owner: ownerMark.nullable(),
});

export type ProfileCard = Omit<z.infer<typeof card>, 'version'>;

export type CardReading =
  | { readonly is: 'there'; readonly card: ProfileCard }
  /** `missing` only where the disk itself says so (I2). */
  | { readonly is: 'missing' | 'damaged' }
  | { readonly is: 'unreadable'; readonly error: HoldfastError };

export async function readCard(profileDir: string): Promise<CardReading> {
  let text: string;
  try {
    text = await readFile(join(profileDir, cardFileName), 'utf8');
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return isMissing ? { is: 'missing' } : { is: 'unreadable', error: diskError(error) };
  }
  try {
    return { is: 'there', card: card.parse(JSON.parse(text)) };
  } catch {
    return { is: 'damaged' };
  }
}

/**
 * Writes what becomes of the card, unless that is what it says. A damaged one is kept beside it.
 *
 * @param change null where there is no card, or a damaged one
 * @throws {HoldfastError} `disk_full`, `disk_read_only` or `disk_error`, also where the present card
 *   can't be read: nothing is written over it
 */
export async function changeCard(
  profileDir: string,
  change: (present: ProfileCard | null) => ProfileCard | Promise<ProfileCard>,
): Promise<void> {
  const reading = await readCard(profileDir);
  if (reading.is === 'unreadable') throw reading.error;
  const present = reading.is === 'there' ? reading.card : null;
  const next = await change(present);
  if (next === present) return;
  const path = join(profileDir, cardFileName);
  if (reading.is === 'damaged') await keepAside(path);
  await writePrivateFile(path, `${JSON.stringify({ version: 1, ...next })}\n`);
}

async function keepAside(path: string): Promise<void> {
  const time = new Date().toISOString().replaceAll(/[-:.]/g, '');
  try {
    await rename(path, `${path}.damaged-${time}`);
  } catch (error) {
    throw diskError(error);
  }
}

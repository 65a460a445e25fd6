/**
 * What is known of a profile before it is opened: the name its person chose to be shown, and by what
 * its person is recognised. A small file in its folder; where it is lost, opening the profile makes
 * it anew.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writePrivateFile } from '../files/private-file';
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

/** Null where there is none that can be read. */
export async function readCard(profileDir: string): Promise<ProfileCard | null> {
  const text = await readFile(join(profileDir, cardFileName), 'utf8').catch(() => '');
  try {
    return card.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** @throws {HoldfastError} `disk_full`, `disk_read_only` or `disk_error` */
export function writeCard(profileDir: string, content: ProfileCard): Promise<void> {
  const text = `${JSON.stringify({ version: 1, ...content })}\n`;
  return writePrivateFile(join(profileDir, cardFileName), text);
}

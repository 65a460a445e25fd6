/** The person's choices about looks: a small file beside the store, readable before it opens. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Preferences } from '../../preload/model/app';
import { writePrivateFile } from '../files/private-file';
import { ValueSource } from '../topics/value-source';

const fileName = 'preferences.json';

const stored = z.object({
  language: z.enum(['en', 'de']).nullable().catch(null),
  theme: z.enum(['light', 'dark']).nullable().catch(null),
});

export type PreferenceChange = {
  readonly [Name in keyof Preferences]?: Preferences[Name] | undefined;
};

export class PreferenceFile {
  readonly source: ValueSource<Preferences>;
  readonly #path: string;

  private constructor(path: string, preferences: Preferences) {
    this.#path = path;
    this.source = new ValueSource(preferences);
  }

  /** A missing or unreadable file means that nothing was chosen yet. */
  static async open(profileDir: string): Promise<PreferenceFile> {
    const path = join(profileDir, fileName);
    const text = await readFile(path, 'utf8').catch(() => '{}');
    return new PreferenceFile(path, parse(text));
  }

  /** @throws {HoldfastError} when it can't be written; the choice holds until the next start then */
  async update(change: PreferenceChange): Promise<void> {
    const { language = this.source.value.language, theme = this.source.value.theme } = change;
    const next = { language, theme };
    this.source.set(next);
    await writePrivateFile(this.#path, `${JSON.stringify(next)}\n`);
  }
}

function parse(text: string): Preferences {
  try {
    return stored.parse(JSON.parse(text));
  } catch {
    return { language: null, theme: null };
  }
}

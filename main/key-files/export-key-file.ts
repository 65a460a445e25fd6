import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import type { Language } from '../../preload/model/app';
import type { ExportedKeys } from '../engine/protocol';
import { writePrivateFile } from '../files/private-file';
import { safeFileName } from '../files/safe-file-name';
import { HoldfastError } from '../holdfast-error';
import { dialogWords } from '../recovery-copies/dialog-words';
import type { Shell } from '../shell/shell';

/** Characters; below this a file that leaves the computer is soon opened by guessing. */
const minPassphraseLength = 12;

export interface ExportParts {
  readonly shell: Shell;
  readonly language: Language;
  readonly exportKeys: (passphrase: string) => Promise<ExportedKeys>;
}

/**
 * Saves all message keys as the spec's encrypted key file; null where the person cancelled.
 *
 * @throws {HoldfastError} `passphrase_too_short`, or what the disk says
 */
export async function exportKeyFile(
  passphrase: string,
  { shell, language, exportKeys }: ExportParts,
): Promise<{ readonly fileName: string; readonly keys: number } | null> {
  if (passphrase.length < minPassphraseLength) {
    throw new HoldfastError('passphrase_too_short', 'Passphrase too short', {
      count: minPassphraseLength,
    });
  }
  const words = dialogWords(language);
  const path = await shell.askSavePath({
    title: words.exportKeys,
    folder: join(homedir(), 'Documents'),
    fileName: safeFileName(`holdfast ${words.exportStem}`, 'txt'),
    kinds: [{ label: words.textFile, extensions: ['txt'] }],
  });
  if (path === null) return null;
  const { text, keys } = await exportKeys(passphrase);
  await writePrivateFile(path, text);
  return { fileName: basename(path), keys };
}

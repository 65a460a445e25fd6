import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import type { Language } from '../../preload/model/app';
import type { ExportedKeyFile } from '../../preload/model/key-files';
import type { ExportedKeys } from '../engine/protocol';
import { writePrivateFile } from '../files/private-file';
import { safeFileName } from '../files/safe-file-name';
import { dialogWords } from '../files/dialog-words';
import type { Shell } from '../shell/shell';

export interface ExportParts {
  readonly shell: Shell;
  readonly language: Language;
  readonly exportKeys: (passphrase: string) => Promise<ExportedKeys>;
}

/**
 * Saves all message keys as the spec's encrypted key file; null where the person cancelled.
 *
 * @throws {HoldfastError} what the engine says of the passphrase, before anything is asked; or what
 *   the disk says
 */
export async function exportKeyFile(
  passphrase: string,
  { shell, language, exportKeys }: ExportParts,
): Promise<ExportedKeyFile | null> {
  const { text, keys, unread } = await exportKeys(passphrase);
  const words = dialogWords(language);
  const path = await shell.askSavePath({
    title: words.exportKeys,
    folder: join(homedir(), 'Documents'),
    fileName: safeFileName(`holdfast ${words.exportStem}`, 'txt'),
    kinds: [{ label: words.textFile, extensions: ['txt'] }],
  });
  if (path === null) return null;
  await writePrivateFile(path, text);
  return { fileName: basename(path), keys, ...(unread > 0 && { unread }) };
}

import { homedir } from 'node:os';
import { join } from 'node:path';
import { type BrowserWindow, dialog, type FileFilter } from 'electron';
import type { FileKind, OpenQuestion, SaveQuestion } from '../shell';

const filters = (kinds: readonly FileKind[]): FileFilter[] =>
  kinds.map(({ label, extensions }) => ({ name: label, extensions: [...extensions] }));

export async function askSavePath(
  window: BrowserWindow | null,
  { title, folder, fileName, kinds }: SaveQuestion,
): Promise<string | null> {
  const options = {
    title,
    defaultPath: join(folder === '' ? homedir() : folder, fileName),
    filters: filters(kinds),
  };
  const { canceled, filePath } = await (window
    ? dialog.showSaveDialog(window, options)
    : dialog.showSaveDialog(options));
  return canceled || filePath === '' ? null : filePath;
}

export async function askOpenPath(
  window: BrowserWindow | null,
  { title, kinds }: OpenQuestion,
): Promise<string | null> {
  const options = { title, filters: filters(kinds), properties: ['openFile' as const] };
  const { filePaths } = await (window
    ? dialog.showOpenDialog(window, options)
    : dialog.showOpenDialog(options));
  return filePaths[0] ?? null;
}

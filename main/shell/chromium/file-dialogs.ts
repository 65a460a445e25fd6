/**
 * Asking for files. A browser never tells a page where a file lies, so the desktop's own dialog
 * programs ask; where there is none, the person types the path.
 */
import { execFile } from 'node:child_process';
import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import type { OpenQuestion, SaveQuestion } from '../shell';
import { dialogPrograms, type DialogProgram } from './dialog-programs';

export interface FileDialogs {
  /** The absolute path chosen; null where the person cancelled. */
  save(question: SaveQuestion): Promise<string | null>;
  open(question: OpenQuestion): Promise<string | null>;
}

/** Shows a one-line question in the app's window; null where the person cancelled. */
export type Prompt = (text: string, suggestion: string) => Promise<string | null>;

/** The desktop's dialogs: zenity's, else kdialog's, else a typed path. */
export function desktopFileDialogs(prompt: Prompt): FileDialogs {
  return {
    async save(question) {
      const start = join(question.folder === '' ? homedir() : question.folder, question.fileName);
      for (const program of dialogPrograms) {
        const answer = await ask(program, program.save(question, start));
        if (answer !== undefined) return answer;
      }
      return typedPath(await prompt(question.title, start));
    },
    async open(question) {
      const start = join(homedir(), '/');
      for (const program of dialogPrograms) {
        const answer = await ask(program, program.open(question, start));
        if (answer !== undefined) return answer;
      }
      return typedPath(await prompt(question.title, start));
    },
  };
}

/** Undefined where the program is missing or has no display to ask on. */
function ask(
  { name, cancelled }: DialogProgram,
  args: readonly string[],
): Promise<string | null | undefined> {
  return new Promise((settle) => {
    execFile(name, [...args], { encoding: 'utf8' }, (error, stdout) => {
      if (!error) settle(stdout.replace(/\r?\n$/, ''));
      else settle(error.code === cancelled ? null : undefined);
    });
  });
}

function typedPath(typed: string | null): string | null {
  const path = typed?.trim() ?? '';
  if (path === '') return null;
  if (path === '~' || path.startsWith('~/')) return join(homedir(), path.slice(1));
  return isAbsolute(path) ? path : resolve(homedir(), path);
}

/** How the file dialogs of the two big desktops are asked for. */
import type { FileKind, OpenQuestion, SaveQuestion } from '../shell';

export interface DialogProgram {
  readonly name: string;
  /** Exit code for "the person cancelled". */
  readonly cancelled: number;
  save(question: SaveQuestion, start: string): readonly string[];
  open(question: OpenQuestion, start: string): readonly string[];
}

const patterns = ({ extensions }: FileKind): string =>
  extensions.map((extension) => `*.${extension}`).join(' ');

const zenityFilters = (kinds: readonly FileKind[]): string[] =>
  kinds.map((kind) => `--file-filter=${kind.label} | ${patterns(kind)}`);

const zenity: DialogProgram = {
  name: 'zenity',
  cancelled: 1,
  save: ({ title, kinds }, start) => [
    '--file-selection',
    '--save',
    `--title=${title}`,
    `--filename=${start}`,
    ...zenityFilters(kinds),
  ],
  open: ({ title, kinds }, start) => [
    '--file-selection',
    `--title=${title}`,
    `--filename=${start}`,
    ...zenityFilters(kinds),
  ],
};

const kdialogFilter = (kinds: readonly FileKind[]): string =>
  kinds.map((kind) => `${kind.label} (${patterns(kind)})`).join('|');

const kdialog: DialogProgram = {
  name: 'kdialog',
  cancelled: 1,
  save: ({ title, kinds }, start) => [
    '--title',
    title,
    '--getsavefilename',
    start,
    kdialogFilter(kinds),
  ],
  open: ({ title, kinds }, start) => [
    '--title',
    title,
    '--getopenfilename',
    start,
    kdialogFilter(kinds),
  ],
};

/** The first one installed is asked. */
export const dialogPrograms: readonly DialogProgram[] = [zenity, kdialog];

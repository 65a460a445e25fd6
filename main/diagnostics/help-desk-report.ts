import { homedir, release } from 'node:os';
import { basename, join } from 'node:path';
import type { Language } from '../../preload/model/app';
import type { AppFacts, Failure } from '../engine/protocol';
import { dialogWords } from '../files/dialog-words';
import { writePrivateFile } from '../files/private-file';
import { safeFileName } from '../files/safe-file-name';
import type { Shell } from '../shell/shell';

export interface HelpDeskReportParts {
  readonly shell: () => Shell;
  readonly language: () => Language;
  readonly failures: () => readonly Failure[];
  readonly build: (app: AppFacts) => Promise<string>;
}

/** The report for the help desk: made, read by the person, and saved as it was read. */
export class HelpDeskReport {
  readonly #parts: HelpDeskReportParts;
  #made: string | null = null;

  constructor(parts: HelpDeskReportParts) {
    this.#parts = parts;
  }

  async make(): Promise<string> {
    const { shell, language, failures, build } = this.#parts;
    const { platform, arch } = process;
    // Not all of them are there on every shell, whatever their types say.
    const versions: Readonly<Record<string, string | undefined>> = process.versions;
    const { electron, chrome, node } = versions;
    this.#made = await build({
      version: APP_VERSION,
      shell: [
        ...(electron === undefined ? ['Chromium'] : [`Electron ${electron}`]),
        ...(chrome === undefined ? [] : [`Chromium ${chrome}`]),
        `Node ${node ?? ''}`,
      ].join(', '),
      system: `${platform} ${release()} ${arch}`,
      locales: [language(), shell().systemLocale],
      failures: failures(),
    });
    return this.#made;
  }

  /** Another person signs in: the last one is not theirs. */
  forget(): void {
    this.#made = null;
  }

  /** Saves the one made last, for its owner's eyes only (S9); null where the person cancelled. */
  async save(): Promise<{ readonly fileName: string } | null> {
    const text = this.#made ?? (await this.make());
    const { shell, language } = this.#parts;
    const words = dialogWords(language());
    const path = await shell().askSavePath({
      title: words.saveReport,
      folder: join(homedir(), 'Documents'),
      fileName: safeFileName(`holdfast ${words.reportStem}`, 'txt'),
      kinds: [{ label: words.textFile, extensions: ['txt'] }],
    });
    if (path === null) return null;
    await writePrivateFile(path, text);
    return { fileName: basename(path) };
  }
}

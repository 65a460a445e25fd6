/**
 * The copies of the recovery key that a person keeps: file, paper, PDF, clipboard. Main makes them,
 * so that the key never has to be in the window for it (I7).
 */
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import type { Language } from '../../preload/model/app';
import type { KeptCopies } from '../../preload/model/keys';
import type { HelpDesk } from '../../preload/model/policy';
import { SecretClipboard } from '../clipboard/secret-clipboard';
import type { RecoverySheet } from '../engine/protocol';
import { writePrivateFile } from '../files/private-file';
import { safeFileName } from '../files/safe-file-name';
import { recoverySheetHtml } from '../recovery-sheet/sheet-html';
import { recoverySheetText } from '../recovery-sheet/sheet-text';
import type { ContentLender } from '../shell/content-lender';
import type { Shell } from '../shell/shell';
import { dialogWords } from '../files/dialog-words';

export interface RecoveryCopiesParts {
  readonly shell: Shell;
  readonly lender: ContentLender;
  readonly sheet: () => Promise<RecoverySheet>;
  readonly kept: (copy: keyof KeptCopies) => Promise<void>;
  readonly language: () => Language;
  /** The organisation's, in that language; null where it has named none. */
  readonly helpDesk: () => HelpDesk | null;
}

/** What was saved; null where the person cancelled. */
type Saved = { readonly fileName: string } | null;

/** What a recovery key is read from: what Holdfast saves, and photos or scans of the sheet. */
const savedKeyExtensions = ['txt', 'pdf', 'png', 'jpg', 'jpeg'];

export class RecoveryCopies {
  readonly #parts: RecoveryCopiesParts;
  readonly #clipboard: SecretClipboard;

  constructor(parts: RecoveryCopiesParts) {
    this.#parts = parts;
    this.#clipboard = new SecretClipboard(parts.shell);
  }

  async saveText(): Promise<Saved> {
    const sheet = await this.#parts.sheet();
    const language = this.#parts.language();
    const path = await this.#askPath(sheet, 'txt');
    if (path === null) return null;
    await writePrivateFile(path, recoverySheetText(sheet, language, this.#parts.helpDesk()));
    await this.#parts.kept('saved');
    return { fileName: basename(path) };
  }

  async savePdf(): Promise<Saved> {
    const sheet = await this.#parts.sheet();
    const path = await this.#askPath(sheet, 'pdf');
    if (path === null) return null;
    const pdf = await this.#withPage(sheet, (url) => this.#parts.shell.renderPdf(url));
    try {
      await writePrivateFile(path, pdf);
    } finally {
      pdf.fill(0);
    }
    await this.#parts.kept('pdf');
    return { fileName: basename(path) };
  }

  /** False where the person cancelled. */
  async print(): Promise<boolean> {
    const sheet = await this.#parts.sheet();
    const printed = await this.#withPage(sheet, (url) => this.#parts.shell.print(url));
    if (printed) await this.#parts.kept('printed');
    return printed;
  }

  async copy(): Promise<void> {
    const { recoveryKey } = await this.#parts.sheet();
    await this.#clipboard.copy(recoveryKey);
    await this.#parts.kept('copied');
  }

  /** Asks for the saved file; null where the person cancelled. */
  askSavedFile(): Promise<string | null> {
    const words = dialogWords(this.#parts.language());
    return this.#parts.shell.askOpenPath({
      title: words.openKey,
      kinds: [{ label: words.savedKey, extensions: savedKeyExtensions }],
    });
  }

  /** Takes back what is still on the clipboard. */
  async forget(): Promise<void> {
    await this.#clipboard.clear();
  }

  #askPath(sheet: RecoverySheet, extension: 'txt' | 'pdf'): Promise<string | null> {
    const words = dialogWords(this.#parts.language());
    return this.#parts.shell.askSavePath({
      title: words.saveKey,
      // Not Downloads: Windows cleans that folder by itself.
      folder: join(homedir(), 'Documents'),
      fileName: safeFileName(`${words.keyFileStem} ${sheet.account.userId}`, extension),
      kinds: [
        { label: extension === 'txt' ? words.textFile : words.pdfFile, extensions: [extension] },
      ],
    });
  }

  async #withPage<Result>(
    sheet: RecoverySheet,
    use: (url: string) => Promise<Result>,
  ): Promise<Result> {
    const { lender, shell, language, helpDesk } = this.#parts;
    const path = lender.lendPage(recoverySheetHtml(sheet, language(), helpDesk()));
    try {
      return await use(`${shell.appOrigin}${path}`);
    } finally {
      lender.revoke(path);
    }
  }
}

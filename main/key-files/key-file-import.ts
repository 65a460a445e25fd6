import { basename } from 'node:path';
import type { Language } from '../../preload/model/app';
import type { ImportedKeys } from '../../preload/model/key-files';
import { dialogWords } from '../files/dialog-words';
import { readAtMost } from '../files/read-at-most';
import { HoldfastError } from '../holdfast-error';
import type { Shell } from '../shell/shell';
import { parseKeyFile } from './key-file-format';

/** Bytes; a key takes up less than 2 KiB, so this is a file of 100,000 keys. */
const maxBytes = 200_000_000;

export interface KeyFileImportParts {
  readonly shell: () => Shell;
  readonly language: () => Language;
  readonly importKeys: (text: string, passphrase: string) => Promise<ImportedKeys>;
}

/** Importing a key file in two steps: who mistypes the passphrase need not look for the file again. */
export class KeyFileImport {
  readonly #parts: KeyFileImportParts;
  #text: string | null = null;

  constructor(parts: KeyFileImportParts) {
    this.#parts = parts;
  }

  /**
   * Lets the person choose the file; null where they cancelled, and what was chosen before stays.
   *
   * @throws {HoldfastError} what {@link parseKeyFile} says, before anybody looks for a passphrase;
   *   `file_too_large`, or what the disk says
   */
  async choose(): Promise<{ readonly fileName: string } | null> {
    const words = dialogWords(this.#parts.language());
    const path = await this.#parts.shell().askOpenPath({
      title: words.importKeys,
      // Clients name these files as they like: none is left out.
      kinds: [],
    });
    if (path === null) return null;
    const bytes = await readAtMost(path, maxBytes);
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
    parseKeyFile(text);
    this.#text = text;
    return { fileName: basename(path) };
  }

  /** Forgets the chosen file: it is for the account that was open. */
  forget(): void {
    this.#text = null;
  }

  /**
   * @throws {HoldfastError} `not_ready` where no file is chosen; `key_file_passphrase`, after which it
   *   stays chosen
   */
  async import(passphrase: string): Promise<ImportedKeys> {
    if (this.#text === null) throw new HoldfastError('not_ready', 'No key file is chosen');
    const imported = await this.#parts.importKeys(this.#text, passphrase);
    this.#text = null;
    return imported;
  }
}

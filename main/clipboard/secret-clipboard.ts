import type { Shell } from '../shell/shell';

/** Milliseconds after which a copied secret leaves the clipboard again. */
const keepForMs = 60_000;
/** Milliseconds until the next attempt, where the desktop did not let us look. */
const retryAfterMs = 5_000;

/** Copies a secret and takes it back, unless the person has copied something else since (I7). */
export class SecretClipboard {
  readonly #shell: Pick<Shell, 'readClipboard' | 'writeClipboard'>;
  #timer: NodeJS.Timeout | null = null;
  #copied: string | null = null;

  constructor(shell: Pick<Shell, 'readClipboard' | 'writeClipboard'>) {
    this.#shell = shell;
  }

  async copy(secret: string): Promise<void> {
    await this.#shell.writeClipboard(secret);
    this.#copied = secret;
    this.#clearIn(keepForMs);
  }

  /** Also called when the app ends, so that no secret outlives it. */
  async clear(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const secret = this.#copied;
    if (secret === null) return;
    if ((await this.#shell.readClipboard()) === secret) await this.#shell.writeClipboard('');
    if (this.#copied === secret) this.#copied = null;
  }

  #clearIn(ms: number): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.clear().catch(() => {
        this.#clearIn(retryAfterMs);
      });
    }, ms);
  }
}

/**
 * What main lends to a page for a while under an opaque address: its own printable pages and,
 * decrypted, the media of messages.
 */
import { createHash, randomBytes } from 'node:crypto';
import { contentSecurityPolicy, lentPagePolicy } from './csp';

/** What the app scheme answers for a lent address. */
export interface LentContent {
  readonly bytes: Uint8Array;
  readonly contentType: string;
  readonly policy: string;
  /** False where the bytes may only be saved, never shown. */
  readonly inline: boolean;
}

/** How long an address is good. */
export interface Loan {
  /** Requests answered before the address is gone. */
  readonly uses: number;
  /** Milliseconds until the address is gone. */
  readonly forMs: number;
}

/** The path under the app's origin at which lent content lies. */
export const lentPrefix = '/lent/';

const pageLoan: Loan = { uses: 1, forMs: 60_000 };
const mediaLoan: Loan = { uses: Number.POSITIVE_INFINITY, forMs: 10 * 60_000 };

/**
 * Types a browser shows without ever running them. Anything else, HTML and SVG first of all,
 * leaves as bytes to save: in the app's origin it could run.
 */
const inertTypes: ReadonlySet<string> = new Set([
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/avif',
  'image/bmp',
  'video/mp4',
  'video/webm',
  'video/ogg',
  'audio/mpeg',
  'audio/mp4',
  'audio/aac',
  'audio/ogg',
  'audio/webm',
  'audio/wav',
  'audio/flac',
]);

interface Lent {
  readonly content: LentContent;
  readonly expiry: NodeJS.Timeout;
  uses: number;
}

export class ContentLender {
  readonly #lent = new Map<string, Lent>();

  /**
   * Lends a page written by main itself: never by a server, a message or a person. It may bring
   * inline `<style>` elements and inline SVG; scripts don't run in it.
   *
   * @returns the path under the app's origin
   */
  lendPage(html: string, loan: Loan = pageLoan): string {
    return this.#lend(
      {
        bytes: new TextEncoder().encode(html),
        contentType: 'text/html; charset=utf-8',
        policy: lentPagePolicy(styleHashes(html)),
        inline: true,
      },
      loan,
    );
  }

  /**
   * Lends content of the account, such as a decrypted picture.
   *
   * @param contentType as its sender called it; only inert types are kept
   * @returns the path under the app's origin
   */
  lendMedia(bytes: Uint8Array, contentType: string, loan: Loan = mediaLoan): string {
    const essence = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
    const inline = inertTypes.has(essence);
    return this.#lend(
      {
        bytes,
        contentType: inline ? essence : 'application/octet-stream',
        policy: contentSecurityPolicy,
        inline,
      },
      loan,
    );
  }

  /** Ends a loan; an address that is not lent any more is no mistake. */
  revoke(path: string): void {
    const id = path.startsWith(lentPrefix) ? path.slice(lentPrefix.length) : path;
    const lent = this.#lent.get(id);
    if (!lent) return;
    clearTimeout(lent.expiry);
    this.#lent.delete(id);
  }

  /** Ends all loans: the account they were of is closed. */
  revokeAll(): void {
    for (const id of [...this.#lent.keys()]) this.revoke(id);
  }

  /** Answers one request for a lent address, counting it. */
  take(id: string): LentContent | null {
    const lent = this.#lent.get(id);
    if (!lent) return null;
    lent.uses -= 1;
    if (lent.uses <= 0) this.revoke(id);
    return lent.content;
  }

  #lend(content: LentContent, loan: Loan): string {
    const id = randomBytes(24).toString('base64url');
    const expiry = setTimeout(() => this.#lent.delete(id), loan.forMs);
    expiry.unref();
    this.#lent.set(id, { content, expiry, uses: loan.uses });
    return lentPrefix + id;
  }
}

function styleHashes(html: string): string[] {
  return Array.from(html.matchAll(/<style[^>]*>([\s\S]*?)<\/style>/gi), ([, text = '']) =>
    createHash('sha256').update(text.replaceAll('\r\n', '\n'), 'utf8').digest('base64'),
  );
}

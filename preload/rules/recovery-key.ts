/**
 * The recovery key as text: two prefix bytes, 32 key bytes and a parity byte in Base58, written in
 * groups of four. Reading is patient with everything that copying, printing and saving do to a key,
 * and exact about what is wrong with it otherwise.
 * @see https://spec.matrix.org/latest/client-server-api/#recovery-key
 */
import { decodeBase58, encodeBase58, isBase58 } from './base58';

export const recoveryKeyBytes = 32;
export const recoveryKeyGroups = 12;
const groupLength = 4;
const textLength = recoveryKeyGroups * groupLength;
const prefix = [0x8b, 0x01] as const;
/** What the prefix bytes make of the first two characters, whatever the key. */
const opening = 'Es';

/** What a text turns out to be when read as a recovery key. */
export type RecoveryKeyReading =
  | { readonly kind: 'key'; readonly bytes: Uint8Array<ArrayBuffer> }
  /** The beginning of a key: characters are missing. */
  | { readonly kind: 'incomplete'; readonly missing: number }
  /**
   * Somebody's key with a typing mistake in it. `groups` (1-based) are those that can't be right; it
   * is empty where only the parity tells that some character is wrong (it misses 1 in 256).
   */
  | { readonly kind: 'mistyped'; readonly groups: readonly number[] }
  /** A text in which there is no recovery key. */
  | { readonly kind: 'none' };

/**
 * Whitespace of every script, invisible characters (zero width, BOM, soft hyphen, direction marks),
 * control characters, and what people and programs put between groups.
 */
const separator =
  /[\p{White_Space}\p{Cf}\p{Cc}\p{Pd}\u2212\u00B7\u2022\u2027_|/.,;:"'`„“”‚‘’«»<>*#]/u;
const separators = new RegExp(`${separator.source}+`, 'gu');

/** @returns twelve groups of four characters, separated by spaces */
export function encodeRecoveryKey(key: Uint8Array): string {
  if (key.length !== recoveryKeyBytes) throw new RangeError('A recovery key has 32 bytes');
  const parity = [...prefix, ...key].reduce((xor, byte) => xor ^ byte, 0);
  return groupsOfRecoveryKey(encodeBase58(new Uint8Array([...prefix, ...key, parity]))).join(' ');
}

/** A key's text cut into its groups of four, whatever lies between them. */
export function groupsOfRecoveryKey(text: string): string[] {
  return withoutSeparators(text).match(/.{1,4}/gu) ?? [];
}

/** Without anything that is no part of a key: for comparing what people type with a group. */
export function withoutSeparators(text: string): string {
  return text.replace(separators, '');
}

/**
 * Reads a typed or pasted key, or finds the key in the text of a saved recovery sheet.
 *
 * @param text what was typed, or a whole file of text
 */
export function readRecoveryKey(text: string): RecoveryKeyReading {
  const normalized = text.normalize('NFKC');
  const found = findKey(normalized);
  if (found !== null) return { kind: 'key', bytes: found };

  const candidate = candidateIn(normalized);
  if (candidate.length === 0) return { kind: 'none' };
  const typed = candidate.join('');
  const groups = wrongGroups(candidate);
  if (groups.length > 0) return { kind: 'mistyped', groups };
  if (typed.length < textLength) return { kind: 'incomplete', missing: textLength - typed.length };
  return { kind: 'mistyped', groups: [] };
}

/** The first valid key of a text. Parity and prefix make a chance hit practically impossible. */
function findKey(text: string): Uint8Array<ArrayBuffer> | null {
  const first = opening.charAt(0);
  for (let at = text.indexOf(first); at >= 0; at = text.indexOf(first, at + 1)) {
    let typed = '';
    for (const character of text.slice(at)) {
      if (isBase58(character)) typed += character;
      else if (!separator.test(character)) break;
      if (typed.length === textLength || !opening.startsWith(typed.slice(0, 2))) break;
    }
    const bytes = typed.length === textLength ? decodeKey(typed) : null;
    if (bytes !== null) return bytes;
  }
  return null;
}

function decodeKey(typed: string): Uint8Array<ArrayBuffer> | null {
  const bytes = decodeBase58(typed);
  if (bytes?.length !== prefix.length + recoveryKeyBytes + 1) return null;
  if (bytes[0] !== prefix[0] || bytes[1] !== prefix[1]) return null;
  // All bytes together with the parity byte come to nothing.
  if (bytes.reduce((xor, byte) => xor ^ byte, 0) !== 0) return null;
  return bytes.slice(prefix.length, prefix.length + recoveryKeyBytes);
}

/** Longer than any key somebody may have typed with mistakes: a document, not a key. */
const longestTyped = textLength + 2 * groupLength;

/** The words that look like a key that did not check out; none where nothing does. */
function candidateIn(text: string): string[] {
  const words = text.split(separators).filter((word) => word !== '');
  if (words.join('').length <= longestTyped) return words;
  // A document: the longest run of words of about a group's length, beginning as keys begin.
  const start = words.findIndex((word) => word.startsWith(opening));
  if (start < 0) return [];
  if ((words[start]?.length ?? 0) >= textLength - groupLength) return words.slice(start, start + 1);
  const rest = words.slice(start, start + recoveryKeyGroups);
  const end = rest.findIndex(
    (word) => word.length < groupLength - 1 || word.length > groupLength + 1,
  );
  const run = end < 0 ? rest : rest.slice(0, end);
  return run.length >= recoveryKeyGroups / 2 ? run : [];
}

/** 1-based groups with impossible characters or, where groups were kept apart, a wrong length. */
function wrongGroups(words: readonly string[]): number[] {
  const grouped = words.length === recoveryKeyGroups;
  const groups = grouped ? words : (words.join('').match(/.{1,4}/gu) ?? []);
  // A last group too short is a key not yet complete, nothing wrong.
  const fits = (group: string, index: number): boolean =>
    !grouped ||
    group.length === groupLength ||
    (index === recoveryKeyGroups - 1 && group.length < groupLength);
  const isWrong = (group: string, index: number): boolean =>
    !Array.from(group).every(isBase58) || !fits(group, index);
  const wrong = groups.flatMap((group, index) => (isWrong(group, index) ? [index + 1] : []));
  const misopened = !opening.startsWith(words.join('').slice(0, opening.length));
  return misopened && !wrong.includes(1) ? [1, ...wrong] : wrong;
}

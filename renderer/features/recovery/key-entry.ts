/** What is being typed where both a recovery key and a security phrase are welcome. */
import { CallError } from '../../../preload/api';
import type { ErrorCode, ErrorData } from '../../../preload/errors';
import { isBase58 } from '../../../preload/rules/base58';
import {
  groupsOfRecoveryKey,
  readRecoveryKey,
  recoveryKeyGroups,
  withoutSeparators,
} from '../../../preload/rules/recovery-key';

const groupLength = 4;
const keyLength = recoveryKeyGroups * groupLength;

export type KeyEntry =
  | { readonly kind: 'empty' }
  | { readonly kind: 'phrase' }
  | { readonly kind: 'key'; readonly groups: readonly GroupEntry[]; readonly verdict: KeyVerdict };

export interface GroupEntry {
  readonly text: string;
  readonly state: 'empty' | 'open' | 'filled' | 'wrong';
}

export type KeyVerdict =
  | { readonly kind: 'typing'; readonly entered: number }
  | { readonly kind: 'complete' }
  /** 1-based groups with characters that no key has. */
  | { readonly kind: 'impossible'; readonly groups: readonly number[] }
  | { readonly kind: 'mistyped' }
  | { readonly kind: 'too_long' };

/** Judges what stands in the field, after every change of it. */
export function keyEntryOf(text: string): KeyEntry {
  const reading = readRecoveryKey(text);
  if (text.trim() === '') return { kind: 'empty' };
  if (reading.kind === 'key') {
    return { kind: 'key', groups: entries(groupsIn(text)), verdict: { kind: 'complete' } };
  }
  if (!looksLikeKey(text)) return { kind: 'phrase' };
  const groups = entries(groupsOfRecoveryKey(text));
  return { kind: 'key', groups, verdict: verdictOn(withoutSeparators(text), groups) };
}

/** Every key begins with the same two characters; a phrase rarely does, and has words of any length. */
function looksLikeKey(text: string): boolean {
  const typed = withoutSeparators(text);
  if (typed.length < 2 * groupLength || !/^Es[A-Za-z0-9]+$/u.test(typed)) return false;
  const words = text.trim().split(/\s+/u);
  const spread = words.length > 1;
  return spread
    ? words.slice(0, -1).every((word) => withoutSeparators(word).length % groupLength === 0)
    : /[0-9]|[a-z][A-Z]/u.test(typed.slice(2));
}

function verdictOn(typed: string, groups: readonly GroupEntry[]): KeyVerdict {
  const wrong = groups.flatMap(({ state }, index) => (state === 'wrong' ? [index + 1] : []));
  if (wrong.length > 0) return { kind: 'impossible', groups: wrong };
  if (typed.length > keyLength) return { kind: 'too_long' };
  if (typed.length === keyLength) return { kind: 'mistyped' };
  return { kind: 'typing', entered: typed.length };
}

/** The groups of the key itself, where it stands in a longer text, such as a whole saved file. */
function groupsIn(text: string): readonly string[] {
  const whole = groupsOfRecoveryKey(text);
  if (whole.length === recoveryKeyGroups) return whole;
  const line = text.split(/\r?\n/u).find((each) => readRecoveryKey(each).kind === 'key');
  return groupsOfRecoveryKey(line ?? '');
}

function entries(groups: readonly string[]): readonly GroupEntry[] {
  return Array.from({ length: recoveryKeyGroups }, (_, index) => {
    const text = groups[index] ?? '';
    return { text, state: stateOf(text) };
  });
}

function stateOf(group: string): GroupEntry['state'] {
  if (group === '') return 'empty';
  if (!Array.from(group).every(isBase58)) return 'wrong';
  return group.length < groupLength ? 'open' : 'filled';
}

/** From this many characters on, what looks like a key can't be a phrase any more. */
const certainLength = keyLength - 2 * groupLength;

/** What is wrong with a text that is certainly a key; null where main is to judge. */
export function mistakeIn(text: string): CallError | null {
  const entry = keyEntryOf(text);
  if (entry.kind !== 'key' || withoutSeparators(text).length < certainLength) return null;
  switch (entry.verdict.kind) {
    case 'complete':
      return null;
    case 'typing':
      return refusal('key_incomplete');
    case 'impossible':
      return refusal('key_mistyped', { groups: entry.verdict.groups });
    case 'mistyped':
    case 'too_long':
      return refusal('key_mistyped');
  }
}

function refusal(code: ErrorCode, data: ErrorData = {}): CallError {
  return new CallError({ code, message: code, data });
}

/** The key in a pasted or dropped text, in groups; null where there is none. */
export function keyIn(text: string): string | null {
  const entry = keyEntryOf(text);
  return entry.kind === 'key' && entry.verdict.kind === 'complete'
    ? entry.groups.map((group) => group.text).join(' ')
    : null;
}

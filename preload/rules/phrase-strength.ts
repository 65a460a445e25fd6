/**
 * How hard a security phrase is to guess. The window's meter and main's refusal use this same
 * measure. The dictionaries weigh some megabytes: they load with the first use.
 */
import type { MatchExtended, ZxcvbnFactory } from '@zxcvbn-ts/core';

export interface PhraseStrength {
  /** 0 (guessed at once) to 4 (out of reach). */
  readonly score: 0 | 1 | 2 | 3 | 4;
  readonly acceptable: boolean;
  /** What makes it guessable, the worst first; empty where the phrase is acceptable. */
  readonly weaknesses: readonly PhraseWeakness[];
}

export type PhraseWeakness =
  | 'too_short'
  | 'common_password'
  | 'common_words'
  | 'names'
  | 'personal'
  | 'keyboard_pattern'
  | 'repetition'
  | 'sequence'
  | 'date';

export interface PhraseMeter {
  /**
   * @param personal what others know of this person: user name, server, display name
   * @param weakest guesses (power of ten) it takes to be acceptable; never less than our own measure
   */
  measure(phrase: string, personal?: readonly string[], weakest?: number): PhraseStrength;
}

/**
 * Guesses (powers of ten) from which on the next score holds. Whoever has a copy of the server can
 * guess offline, slowed by 500,000 rounds of PBKDF2 to some 10,000 guesses a second and graphics
 * card: 10^12 guesses take one card three years.
 */
const scoreFrom = [6, 9, 12, 14] as const;
const acceptableScore = 3;
const shortPhrase = 12;
/** zxcvbn's time grows with length; what lies behind only makes a phrase stronger. */
const measuredLength = 100;

let meter: Promise<PhraseMeter> | null = null;

/** Loads the dictionaries once (German and English). */
export function loadPhraseMeter(): Promise<PhraseMeter> {
  meter ??= createMeter().catch((error: unknown) => {
    meter = null;
    throw error;
  });
  return meter;
}

async function createMeter(): Promise<PhraseMeter> {
  const [{ ZxcvbnFactory }, common, english, german] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    import('@zxcvbn-ts/language-en'),
    import('@zxcvbn-ts/language-de'),
  ]);
  const germanWords = Object.entries(german.dictionary).map(([name, words]) => [
    `${name}-de`,
    words,
  ]);
  const zxcvbn = new ZxcvbnFactory({
    dictionary: {
      ...common.dictionary,
      ...english.dictionary,
      ...(Object.fromEntries(germanWords) as Record<string, string[]>),
    },
    graphs: common.adjacencyGraphs,
    maxLength: measuredLength,
  });
  return {
    measure: (phrase, personal = [], weakest = 0) => measure(zxcvbn, phrase, personal, weakest),
  };
}

function measure(
  zxcvbn: ZxcvbnFactory,
  phrase: string,
  personal: readonly string[],
  weakest: number,
): PhraseStrength {
  const text = phrase.normalize('NFC').trim().slice(0, measuredLength);
  const known = personal.flatMap((item) => [item, ...item.split(/[@:.\s]+/u)]).filter(Boolean);
  // Words stuck together are found in the dictionaries more surely than words between spaces, and a
  // space is no secret: the easier of both readings counts.
  const [easiest] = [text, text.replace(/\s+/gu, '')]
    .map((reading) => zxcvbn.check(reading, known))
    .sort((one, other) => one.guessesLog10 - other.guessesLog10);
  const guesses = easiest?.guessesLog10 ?? 0;
  const score = scoreFrom.filter((from) => guesses >= from).length as PhraseStrength['score'];
  const acceptable = score >= acceptableScore && guesses >= weakest;
  const weaknesses = acceptable
    ? []
    : weaknessesOf(easiest?.sequence ?? [], Array.from(text).length < shortPhrase);
  return { score, acceptable, weaknesses };
}

function weaknessesOf(sequence: readonly MatchExtended[], short: boolean): PhraseWeakness[] {
  const found = sequence.map(weaknessOf).filter((weakness) => weakness !== null);
  const all = new Set<PhraseWeakness>([
    ...found,
    ...(short || found.length === 0 ? (['too_short'] as const) : []),
  ]);
  return [...all].sort((one, other) => worstFirst.indexOf(one) - worstFirst.indexOf(other));
}

const worstFirst: readonly PhraseWeakness[] = [
  'personal',
  'common_password',
  'repetition',
  'sequence',
  'keyboard_pattern',
  'date',
  'names',
  'too_short',
  'common_words',
];

function weaknessOf(match: MatchExtended): PhraseWeakness | null {
  switch (match.pattern) {
    case 'dictionary': {
      const dictionary = String(match['dictionaryName']);
      if (dictionary === 'userInputs') return 'personal';
      if (dictionary.startsWith('passwords')) return 'common_password';
      if (/^(first|last)names/.test(dictionary)) return 'names';
      return 'common_words';
    }
    case 'wordSequence':
    case 'sequence':
      return 'sequence';
    case 'spatial':
      return 'keyboard_pattern';
    case 'repeat':
      return 'repetition';
    case 'date':
    case 'regex':
      return 'date';
    default:
      return null;
  }
}

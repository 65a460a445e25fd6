import {
  readRecoveryKey,
  withoutSeparators,
  type RecoveryKeyReading,
} from '../../preload/rules/recovery-key';
import { HoldfastError } from '../holdfast-error';
import { keyFromPhrase, spellingsOf, type PhraseParameters } from './phrase-key';

/** What a recovery key opens, as far as it is known without the key. */
export interface LockedBy {
  /** Of the key in secret storage. */
  readonly id: string;
  /** How the key comes from a phrase; null where it was generated. */
  readonly phrase: PhraseParameters | null;
}

/** A recovery key's bytes, with its id. */
export interface OpenKey {
  readonly id: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export type KeyVerdict = 'right' | 'wrong' | 'unverifiable';

export type Judge = (bytes: Uint8Array<ArrayBuffer>) => Promise<KeyVerdict>;

/**
 * From what the person typed, pasted or picked to the key that opens secret storage, or this computer's store: a recovery key,
 * a text that holds one, or the security phrase.
 *
 * @throws {HoldfastError} saying precisely what is wrong: `key_wrong`, `phrase_wrong`,
 *   `key_mistyped` (with groups), `key_incomplete`, `key_not_found`, `key_unverifiable`
 */
export async function unlock(text: string, key: LockedBy, judge: Judge): Promise<OpenKey> {
  const reading = readRecoveryKey(text);
  if (reading.kind === 'key') {
    const verdict = await judgedOrWiped(reading.bytes, judge);
    return accepted(key, reading.bytes, verdict, 'key_wrong');
  }
  if (key.phrase === null) throw unreadable(reading);

  for (const spelling of spellingsOf(text)) {
    const bytes = await keyFromPhrase(spelling, key.phrase);
    const verdict = await judgedOrWiped(bytes, judge);
    if (verdict !== 'wrong') return accepted(key, bytes, verdict, 'phrase_wrong');
    bytes.fill(0);
  }
  throw wasMeantAsKey(text, reading)
    ? unreadable(reading)
    : new HoldfastError('phrase_wrong', 'The phrase does not open secret storage');
}

/** Where the server can't be asked, the key does not stay in memory either. */
async function judgedOrWiped(bytes: Uint8Array<ArrayBuffer>, judge: Judge): Promise<KeyVerdict> {
  try {
    return await judge(bytes);
  } catch (error) {
    bytes.fill(0);
    throw error;
  }
}

function accepted(
  { id }: LockedBy,
  bytes: Uint8Array<ArrayBuffer>,
  verdict: KeyVerdict,
  wrong: 'key_wrong' | 'phrase_wrong',
): OpenKey {
  if (verdict === 'right') return { id, bytes };
  bytes.fill(0);
  throw verdict === 'wrong'
    ? new HoldfastError(wrong, 'It does not open secret storage')
    : new HoldfastError('key_unverifiable', 'There is nothing to check the key against');
}

function unreadable(reading: Exclude<RecoveryKeyReading, { kind: 'key' }>): HoldfastError {
  switch (reading.kind) {
    case 'incomplete':
      return new HoldfastError('key_incomplete', 'Characters are missing', {
        count: reading.missing,
      });
    case 'mistyped':
      return new HoldfastError('key_mistyped', 'A typing mistake', { groups: reading.groups });
    case 'none':
      return new HoldfastError('key_not_found', 'No recovery key in this text');
  }
}

/** A few characters more or less than a key has: mistakes people make when typing one. */
const keyLengths = { from: 40, to: 56 } as const;

/** Where a phrase is possible too: as long as a key, and as mixed as no phrase is. */
function wasMeantAsKey(text: string, reading: RecoveryKeyReading): boolean {
  const { length } = withoutSeparators(text);
  const mixed = [/\d/, /[A-Z]/, /[a-z]/].every((kind) => kind.test(text));
  return reading.kind !== 'none' && mixed && length >= keyLengths.from && length <= keyLengths.to;
}

import { randomBytes, randomFillSync, randomInt, timingSafeEqual } from 'node:crypto';
import type { ValidArgs } from '../../../../preload/contract';
import type { SetupMethod } from '../../../../preload/model/keys';
import {
  encodeRecoveryKey,
  groupsOfRecoveryKey,
  readRecoveryKey,
  recoveryKeyBytes,
  recoveryKeyGroups,
  withoutSeparators,
} from '../../../../preload/rules/recovery-key';
import { HoldfastError } from '../../../holdfast-error';
import {
  keyFromPhrase,
  newPhraseParameters,
  type PhraseParameters,
} from '../../../recovery-key/phrase-key';

const askedCount = 3;

/**
 * A recovery key between being made and being in use. It lives in this thread's memory only, and is
 * wiped when the setup ends. Its id is chosen now, so that the printed sheet names the right one.
 */
export class RecoveryKeyDraft {
  readonly keyId = randomBytes(24).toString('base64url').replace(/[-_]/g, 'x');
  /** Milliseconds since 1970. */
  readonly madeAt = Date.now();
  /** The three groups (1-based) to be typed as proof, anew with every key. */
  readonly askedGroups: readonly number[] = randomGroups();
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** How the key comes from the phrase; null for a generated key. */
  readonly phrase: PhraseParameters | null;

  private constructor(bytes: Uint8Array<ArrayBuffer>, phrase: PhraseParameters | null) {
    this.bytes = bytes;
    this.phrase = phrase;
  }

  static generate(): RecoveryKeyDraft {
    return new RecoveryKeyDraft(randomFillSync(new Uint8Array(recoveryKeyBytes)), null);
  }

  static async fromPhrase(phrase: string): Promise<RecoveryKeyDraft> {
    const parameters = newPhraseParameters();
    return new RecoveryKeyDraft(
      await keyFromPhrase(phrase.normalize('NFC'), parameters),
      parameters,
    );
  }

  get method(): SetupMethod {
    return this.phrase === null ? 'key' : 'phrase';
  }

  /** Hand it out only where the person is to see or keep it (I7). */
  get text(): string {
    return encodeRecoveryKey(this.bytes);
  }

  /**
   * Whether the person really kept the key (I5).
   *
   * @throws {HoldfastError} `proof_mismatch`, with the groups that differ
   */
  async check(proof: ValidArgs<'setup.prove'>): Promise<void> {
    switch (proof.by) {
      case 'groups': {
        const groups = groupsOfRecoveryKey(this.text);
        const differing = this.askedGroups.filter(
          (group, index) => withoutSeparators(proof.groups[index] ?? '') !== groups[group - 1],
        );
        if (differing.length > 0) {
          throw new HoldfastError('proof_mismatch', 'Groups differ', { groups: differing });
        }
        return;
      }
      case 'phrase': {
        if (this.phrase === null) throw new HoldfastError('not_allowed', 'There is no phrase');
        const again = await keyFromPhrase(proof.phrase.normalize('NFC'), this.phrase);
        if (!this.#equals(again)) throw new HoldfastError('proof_mismatch', 'Phrase differs');
        return;
      }
      case 'text': {
        const reading = readRecoveryKey(proof.text);
        if (reading.kind !== 'key' || !this.#equals(reading.bytes)) {
          throw new HoldfastError('proof_mismatch', 'Not the text of this key');
        }
      }
    }
  }

  /** Whether this text, with or without surrounding space, is the phrase the key comes from. */
  async comesFrom(text: string): Promise<boolean> {
    const { phrase } = this;
    if (phrase === null) return false;
    const spellings = new Set([text, text.trim()].map((spelling) => spelling.normalize('NFC')));
    for (const spelling of spellings) {
      if (this.#equals(await keyFromPhrase(spelling, phrase))) return true;
    }
    return false;
  }

  wipe(): void {
    this.bytes.fill(0);
  }

  #equals(other: Uint8Array): boolean {
    const same = other.length === this.bytes.length && timingSafeEqual(other, this.bytes);
    other.fill(0);
    return same;
  }
}

/** The first group begins alike in all keys: it proves least and is not asked for. */
function randomGroups(): number[] {
  const groups = new Set<number>();
  while (groups.size < askedCount) groups.add(randomInt(2, recoveryKeyGroups + 1));
  return [...groups].sort((one, other) => one - other);
}

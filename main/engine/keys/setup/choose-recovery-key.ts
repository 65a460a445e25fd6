import type { ValidArgs } from '../../../../preload/contract';
import { loadPhraseMeter } from '../../../../preload/rules/phrase-strength';
import { HoldfastError } from '../../../holdfast-error';
import type { KeysContext } from '../keys-context';
import { RecoveryKeyDraft } from './recovery-key-draft';

/**
 * Makes the key the person chose to have.
 *
 * @throws {HoldfastError} `phrase_is_password` (I8), `phrase_mismatch`, `phrase_too_weak`
 */
export async function chooseRecoveryKey(
  { account, passwordGuard, managed }: KeysContext,
  choice: ValidArgs<'setup.begin'>,
): Promise<RecoveryKeyDraft> {
  if (choice.method === 'key') return RecoveryKeyDraft.generate();

  const phrase = choice.phrase.normalize('NFC');
  const isPassword = await Promise.all(
    [choice.phrase, choice.phrase.trim()].map((text) => passwordGuard.matches(text)),
  );
  if (isPassword.includes(true)) {
    throw new HoldfastError('phrase_is_password', 'The phrase is the account password');
  }
  if (phrase !== choice.repeated.normalize('NFC')) {
    throw new HoldfastError('phrase_mismatch', 'The entries differ');
  }
  const meter = await loadPhraseMeter();
  const { userId, displayName, serverName } = account;
  const weakest = managed.value.minimumPhraseStrength.value;
  if (!meter.measure(phrase, [userId, displayName, serverName], weakest).acceptable) {
    throw new HoldfastError('phrase_too_weak', 'The phrase is too easy to guess');
  }
  return RecoveryKeyDraft.fromPhrase(phrase);
}

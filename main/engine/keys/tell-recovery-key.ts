import type { PhraseParameters } from '../../recovery-key/phrase-key';
import type { OpenKey } from '../../recovery-key/unlock';
import type { KeysContext } from './keys-context';
import { rememberRecipient } from './snapshot/recovery-recipient';

/** Of recovery keys; a phrase may be stretched to other lengths for other uses. */
const keyBits = 256;

/**
 * Lets the recovery key, which has just been proven right, open this computer's store as well, and
 * the snapshots made from now on, and whatever else takes it to secret storage. Hands over a copy: the caller's own stays the caller's to wipe (I7).
 *
 * @param phrase how the key comes from a security phrase; null where it does not
 */
export function tellRecoveryKey(
  {
    recoveryKeyKnown,
    recoveryKeyOpened,
    store,
    account,
  }: Pick<KeysContext, 'recoveryKeyKnown' | 'recoveryKeyOpened' | 'store' | 'account'>,
  { id, bytes }: OpenKey,
  phrase: PhraseParameters | null,
): void {
  recoveryKeyOpened({ id, bytes });
  rememberRecipient(store.crypto.records, account.userId, { id, bytes }, phrase);
  const usable = phrase !== null && (phrase.bits ?? keyBits) === keyBits;
  recoveryKeyKnown({
    keyId: id,
    privateKey: bytes.slice(),
    passphrase: usable ? { salt: phrase.salt, iterations: phrase.iterations } : null,
  });
}

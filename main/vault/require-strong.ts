import { loadPhraseMeter } from '../../preload/rules/phrase-strength';
import { HoldfastError } from '../holdfast-error';

/**
 * Holds an app passphrase to the security phrase's bar: whoever has the disk can guess offline.
 *
 * @throws {HoldfastError} `phrase_mismatch`, `phrase_too_weak`
 */
export async function requireStrong(passphrase: string, repeated: string): Promise<void> {
  if (passphrase.normalize('NFC') !== repeated.normalize('NFC')) {
    throw new HoldfastError('phrase_mismatch', 'The entries differ');
  }
  const meter = await loadPhraseMeter();
  if (!meter.measure(passphrase).acceptable) {
    throw new HoldfastError('phrase_too_weak', 'The passphrase is too easy to guess');
  }
}

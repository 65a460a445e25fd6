import { HoldfastError } from '../holdfast-error';
import type { Sender } from '../shell/shell';

/**
 * Only the main frame of the app's own page may call (S3).
 *
 * @throws {HoldfastError} `not_allowed`
 */
export function requireTrustedSender(sender: Sender | null, appOrigin: string): Sender {
  if (sender?.origin !== appOrigin || !sender.isMainFrame) {
    throw new HoldfastError('not_allowed', 'The caller is not the app’s own window');
  }
  return sender;
}

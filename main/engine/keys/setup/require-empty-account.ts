import { HoldfastError } from '../../../holdfast-error';
import type { KeysContext } from '../keys-context';
import { findBackup } from '../server/backup-version';

/**
 * Setup makes what is not there and replaces nothing. Only the server's own word counts: an answer
 * that did not come is no absence (I2).
 *
 * @throws {HoldfastError} `backup_exists` where there is a backup or a secret storage, `not_allowed`
 *   where another device made the identity, or what the network says
 */
export async function requireEmptyAccount(context: KeysContext): Promise<void> {
  if ((await findBackup(context.homeserver)) !== null) {
    throw new HoldfastError('backup_exists', 'There is a key backup');
  }
  if ((await context.secretStorage.defaultKeyId()) !== null) {
    throw new HoldfastError('backup_exists', 'There is a secret storage');
  }
  const { isThere, isMine } = await context.identity.published();
  if (isThere && !isMine) {
    throw new HoldfastError('not_allowed', 'The account has an identity of another device');
  }
}

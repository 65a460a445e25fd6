/** @see https://spec.matrix.org/latest/client-server-api/#put_matrixclientv3room_keysversionversion */
import { MatrixError, Method } from 'matrix-js-sdk';
import { HoldfastError } from '../../../holdfast-error';
import type { KeysContext } from '../keys-context';
import { cryptoOf, olmMachineOf } from '../olm-machine';
import type { BackupVersion } from '../server/backup-version';
import { serverFailure } from '../server/server-failure';

/**
 * Signs a backup, whose key has been proven, with this device and the identity: the account's other
 * devices then trust it by themselves. Does nothing where one of ours has signed it already.
 *
 * @throws {HoldfastError} `backup_missing` where it is gone, or what the network says
 */
export async function signBackup(
  { client, homeserver, account }: KeysContext,
  backup: BackupVersion,
): Promise<void> {
  const { trusted } = await cryptoOf(client).isKeyBackupTrusted(backup as never);
  if (trusted) return;
  const { signatures: before, ...signed } = backup.auth_data;
  const made = await olmMachineOf(client).sign(canonicalJson(signed));
  const ours = JSON.parse(made.asJSON()) as Record<string, object>;
  const others = (before ?? {}) as Record<string, object>;
  const { userId } = account;
  const signatures = { ...others, [userId]: { ...others[userId], ...ours[userId] } };
  const { version, algorithm } = backup;
  const body = JSON.stringify({ version, algorithm, auth_data: { ...signed, signatures } });
  const path = `/room_keys/version/${encodeURIComponent(version)}`;
  await homeserver.send(Method.Put, path, body).catch((error: unknown) => {
    const isGone = error instanceof MatrixError && error.errcode === 'M_NOT_FOUND';
    throw isGone ? new HoldfastError('backup_missing', 'The backup is gone') : serverFailure(error);
  });
}

/** @see https://spec.matrix.org/latest/appendices/#canonical-json */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}

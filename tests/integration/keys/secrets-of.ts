import { cryptoOf, olmMachineOf } from '../../../main/engine/keys/olm-machine';
import { readRecoveryKey } from '../../../preload/rules/recovery-key';
import type { TestEngine } from '../../support/engine/start-engine';
import { clientOf } from './conversation';

/** Every secret of the account that this device holds, by name, in the forms it could leak in. */
export async function secretsOf(
  engine: TestEngine,
  recoveryKey: string,
): Promise<readonly (readonly [string, string])[]> {
  const reading = readRecoveryKey(recoveryKey);
  if (reading.kind !== 'key') throw new Error('Not a recovery key');
  const client = clientOf(engine);
  const backupKey = await cryptoOf(client).getSessionBackupPrivateKey();
  const identity = await olmMachineOf(client).exportCrossSigningKeys();
  const encoded = (name: string, bytes: Uint8Array): (readonly [string, string])[] => [
    [`${name}, Base64`, Buffer.from(bytes).toString('base64').replace(/=+$/, '')],
    [`${name}, hex`, Buffer.from(bytes).toString('hex')],
  ];
  return [
    ['recovery key', recoveryKey],
    ['recovery key without spaces', recoveryKey.replaceAll(' ', '')],
    ...recoveryKey.split(' ').map((group) => [`group ${group}`, `"${group}"`] as const),
    ...encoded('recovery key', reading.bytes),
    ...encoded('backup key', backupKey!),
    ['access token', client.getAccessToken()!],
    ['master key', identity!.masterKey!],
    ['self-signing key', identity!.self_signing_key!],
    ['user-signing key', identity!.userSigningKey!],
  ];
}

/** An account that is set up, and what is looked at while another client changes it. */
import { BackupDecryptionKey } from '@matrix-org/matrix-sdk-crypto-wasm';
import { expect } from 'vitest';
import { olmMachineOf } from '../../../main/engine/keys/olm-machine';
import type { TestEngine } from '../../support/engine/start-engine';
import { sharedHomeserver } from '../../support/homeserver/shared';
import { clientOf, converse, readMessage, type Sent } from '../keys/conversation';
import type { Devices } from '../keys/devices';
import { setUpByKey } from '../keys/setup-by';
import { ServerWitness } from './server-witness';

export interface SetUp {
  readonly laptop: TestEngine;
  readonly sent: Sent[];
  readonly recoveryKey: string;
}

/** Two messages, each under a key of its own, both in the backup. */
export async function setUp(devices: Devices): Promise<SetUp> {
  const laptop = await devices.signIn();
  const sent = await converse(laptop, 1, 2);
  const recoveryKey = await setUpByKey(laptop);
  await ready(laptop, 2);
  return { laptop, sent, recoveryKey };
}

export async function ready(engine: TestEngine, keys: number): Promise<void> {
  await engine.keys.waitFor(
    ({ state, backedUpKeys, pendingKeys }) =>
      state === 'ready' && backedUpKeys === keys && pendingKeys === 0,
  );
}

export async function takesUp(engine: TestEngine, recoveryKey: string): Promise<void> {
  await engine.call('restore.begin', { secret: recoveryKey });
  await engine.restore.waitFor(({ step }) => step === 'done');
}

export async function readsAll(engine: TestEngine, sent: readonly Sent[]): Promise<void> {
  for (const message of sent) expect(await readMessage(engine, message)).toBe(message.text);
}

/** A new backup, made by that device, whose key is stored nowhere. @returns that key */
export async function newBackup(engine: TestEngine): Promise<Uint8Array> {
  const key = BackupDecryptionKey.createRandomKey();
  const authData = { public_key: key.megolmV1PublicKey.publicKeyBase64 };
  const signed = await olmMachineOf(clientOf(engine)).sign(JSON.stringify(authData));
  const { baseUrl } = await sharedHomeserver();
  await new ServerWitness(baseUrl, engine).ask('POST', '/room_keys/version', {
    algorithm: 'm.megolm_backup.v1.curve25519-aes-sha2',
    auth_data: { ...authData, signatures: JSON.parse(signed.asJSON()) as object },
  });
  return Buffer.from(key.toBase64(), 'base64');
}

/** Versions that keys of this device were taken into, from now on. */
export function uploadsOf(engine: TestEngine): string[] {
  const versions: string[] = [];
  engine.intercept(async ({ method, url }, onward) => {
    const response = await onward();
    if (method === 'PUT' && url.pathname.includes('/room_keys/keys') && response.ok) {
      versions.push(url.searchParams.get('version') ?? '');
    }
    return response;
  });
  return versions;
}

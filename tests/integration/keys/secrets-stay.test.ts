import { expect, it } from 'vitest';
import { cryptoOf, olmMachineOf } from '../../../main/engine/keys/olm-machine';
import { readRecoveryKey } from '../../../preload/rules/recovery-key';
import type { TestEngine } from '../../support/engine/start-engine';
import { clientOf, converse } from './conversation';
import { useDevices } from './devices';
import { askedGroups, goodPhrase } from './setup-by';

const devices = useDevices();

it('no secret is in any topic, result or error, save the recovery key where it is shown (I7)', async () => {
  const laptop = await devices.signIn();
  const said: unknown[] = [];
  const call = recording(laptop, said);
  await converse(laptop, 1, 2);

  const { recoveryKey } = await laptop.call('setup.begin', {
    method: 'phrase',
    phrase: goodPhrase,
    repeated: goodPhrase,
  });
  await call('setup.prove', { by: 'groups', groups: ['AAAA', 'BBBB', 'CCCC'] });
  await call('setup.secure', {});
  await call('setup.prove', { by: 'groups', groups: askedGroups(laptop, recoveryKey) });
  await call('setup.secure', { accountPassword: devices.user.password });
  await call('signOut.risk', {});
  expect(() => laptop.engine.session.keys.recoverySheet()).toThrow();

  const desktop = await devices.signIn();
  const callDesktop = recording(desktop, said);
  await callDesktop('restore.begin', { secret: `${goodPhrase}?` });
  await callDesktop('restore.begin', { secret: recoveryKey.slice(0, -2) });
  await callDesktop('restore.begin', { secret: recoveryKey });
  await desktop.restore.waitFor(({ step }) => step === 'done');
  await desktop.keys.waitFor(({ state }) => state === 'ready');
  await callDesktop('signOut.risk', {});

  for (const { keys, setup, restore, connection } of [laptop, desktop]) {
    said.push(keys.history, setup.history, restore.history, connection.history);
  }
  const everything = JSON.stringify(said);
  expect(everything).toContain('"ready"');
  for (const [name, secret] of await secretsOf(laptop, recoveryKey)) {
    expect(everything.includes(secret), name).toBe(false);
  }
});

it('no secret leaves for the server but encrypted', async () => {
  const laptop = await devices.signIn();
  const sent: string[] = [];
  laptop.intercept(async ({ method, url, body }, onward) => {
    sent.push(`${method} ${url.href} ${body}`);
    return onward();
  });
  await converse(laptop, 1, 1);
  const { recoveryKey } = await laptop.call('setup.begin', {
    method: 'phrase',
    phrase: goodPhrase,
    repeated: goodPhrase,
  });
  await laptop.call('setup.prove', { by: 'phrase', phrase: goodPhrase });
  await laptop.call('setup.secure', { accountPassword: devices.user.password });

  const everything = sent.join('\n');
  expect(everything).toContain('m.megolm_backup.v1');
  const secrets = await secretsOf(laptop, recoveryKey);
  for (const [name, secret] of secrets) expect(everything.includes(secret), name).toBe(false);
});

function recording(engine: TestEngine, said: unknown[]): TestEngine['call'] {
  return async (name, args) => {
    try {
      const result = await engine.call(name, args);
      said.push(result);
      return result;
    } catch (error) {
      const { code, message, data } = error as { code: string; message: string; data: unknown };
      said.push({ code, message, data });
      return undefined as never;
    }
  };
}

async function secretsOf(
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
    ['phrase', goodPhrase],
    ['password', devices.user.password],
    ['access token', client.getAccessToken()!],
    ['master key', identity!.masterKey!],
    ['self-signing key', identity!.self_signing_key!],
    ['user-signing key', identity!.userSigningKey!],
  ];
}

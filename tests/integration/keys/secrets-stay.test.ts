import { expect, it } from 'vitest';
import type { TestEngine } from '../../support/engine/start-engine';
import { converse } from './conversation';
import { useDevices } from './devices';
import { secretsOf } from './secrets-of';
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
  for (const [name, secret] of await accountSecrets(laptop, recoveryKey)) {
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
  const secrets = await accountSecrets(laptop, recoveryKey);
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

async function accountSecrets(
  engine: TestEngine,
  recoveryKey: string,
): Promise<readonly (readonly [string, string])[]> {
  return [
    ...(await secretsOf(engine, recoveryKey)),
    ['phrase', goodPhrase],
    ['password', devices.user.password],
  ];
}

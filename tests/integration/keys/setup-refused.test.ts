import { Method } from 'matrix-js-sdk';
import { describe, expect, it } from 'vitest';
import { encodeRecoveryKey } from '../../../preload/rules/recovery-key';
import { matrixError, type Intercept } from '../../support/engine/test-fetch';
import { clientOf } from './conversation';
import { useDevices } from './devices';
import { askedGroups, goodPhrase, setUpByKey } from './setup-by';

const devices = useDevices();

describe('an answer that did not come is no absence (I2)', () => {
  const failures: readonly (readonly [string, string, () => Promise<Response>])[] = [
    ['a server error', 'server_error', async () => matrixError(500, 'M_UNKNOWN')],
    ['a rate limit', 'rate_limited', async () => matrixError(429, 'M_LIMIT_EXCEEDED')],
    [
      'a proxy’s page',
      'server_error',
      async () => new Response('<h1>Not found</h1>', { status: 404 }),
    ],
    [
      'a portal’s page',
      'offline',
      async () => new Response('<h1>Welcome</h1>', { headers: { 'content-type': 'text/html' } }),
    ],
    ['another endpoint’s answer', 'server_error', async () => Response.json({})],
    [
      'a server that knows no backups',
      'server_error',
      async () => matrixError(404, 'M_UNRECOGNIZED'),
    ],
    ['no connection', 'offline', async () => Promise.reject(new TypeError('fetch failed'))],
  ];
  const createsSomething = /account_data|room_keys|device_signing|signatures/;
  const asksForBackup = /\/room_keys\/version$/;
  const asksForStorage = /\/account_data\/m\.secret_storage\.default_key$/;

  // Emptied account data (`{}`) is how a reset leaves it: that is an answer.
  const forStorage = failures.filter(([failure]) => failure !== 'another endpoint’s answer');

  it.each([
    ['the backup', asksForBackup, failures],
    ['secret storage', asksForStorage, forStorage],
  ] as const)('when asking for %s', async (_what, path, answers) => {
    const laptop = await devices.signIn();
    await laptop.keys.waitFor(({ state }) => state === 'needs_setup');
    const written: string[] = [];

    for (const [failure, code, answer] of answers) {
      const intercept: Intercept = async ({ method, url }, onward) => {
        if (method !== 'GET' && createsSomething.test(url.pathname)) written.push(url.pathname);
        return path.test(url.pathname) ? answer() : onward();
      };
      laptop.intercept(intercept);
      await expect(laptop.call('setup.begin', { method: 'key' }), failure).rejects.toMatchObject({
        code,
      });
      expect(await laptop.call('signOut.risk', {}), failure).toMatchObject({ state: 'unknown' });
      expect(laptop.keys.value.state, failure).toBe('unknown');
      expect(laptop.keys.value.reminder, failure).toMatchObject({ due: false });
      expect(laptop.setup.value, failure).toEqual({ step: 'idle' });
    }
    expect(written).toEqual([]);

    laptop.intercept(null);
    await laptop.call('signOut.risk', {});
    expect(laptop.keys.value.state).toBe('needs_setup');
  });
});

describe('what exists is never replaced', () => {
  it('neither before a recovery key is made, nor after', async () => {
    const laptop = await devices.signIn();
    const desktop = await devices.signIn();
    const { recoveryKey } = await desktop.call('setup.begin', { method: 'key' });
    await desktop.call('setup.prove', { by: 'groups', groups: askedGroups(desktop, recoveryKey) });

    const first = await setUpByKey(laptop);
    const before = laptop.keys.value.backupVersion;

    await expect(desktop.call('setup.secure', {})).rejects.toMatchObject({ code: 'backup_exists' });
    await desktop.call('setup.abandon', {});
    await expect(desktop.call('setup.begin', { method: 'key' })).rejects.toMatchObject({
      code: 'backup_exists',
    });
    await desktop.call('restore.begin', { secret: first });
    await desktop.restore.waitFor(({ step }) => step === 'done');
    await desktop.keys.waitFor(({ state }) => state === 'ready');
    expect(desktop.keys.value.backupVersion).toBe(before);
  });

  it('not another device’s identity either', async () => {
    const laptop = await devices.signIn();
    await clientOf(laptop)
      .getCrypto()!
      .bootstrapCrossSigning({
        authUploadDeviceSigningKeys: async (makeRequest) => makeRequest(null),
      });
    const desktop = await devices.signIn();
    await desktop.keys.waitFor(({ state }) => state === 'needs_verification');
    await expect(desktop.call('setup.begin', { method: 'key' })).rejects.toMatchObject({
      code: 'not_allowed',
    });
    // Whoever made it completes it.
    await setUpByKey(laptop);
    expect(laptop.keys.value.state).toBe('ready');
  });
});

describe('a secret storage that is not understood', () => {
  const accountData = (): string => `/user/${encodeURIComponent(devices.user.userId)}/account_data`;

  it.each([
    ['has no description', null],
    ['has an emptied description', {}],
    ['is made for another algorithm', { algorithm: 'org.example.other' }],
  ])('is not replaced where its key %s', async (_how, description) => {
    const laptop = await devices.signIn();
    const put = (type: string, content: object): Promise<unknown> =>
      clientOf(laptop).http.authedRequest(Method.Put, `${accountData()}/${type}`, {}, content);
    if (description !== null) await put('m.secret_storage.key.theirs', description);
    await put('m.secret_storage.default_key', { key: 'theirs' });

    await expect(laptop.call('setup.begin', { method: 'key' })).rejects.toMatchObject({
      code: 'backup_exists',
    });
    expect(await laptop.call('signOut.risk', {})).toMatchObject({
      state: 'secrets_incomplete',
      safe: true,
    });
    const secret = encodeRecoveryKey(new Uint8Array(32).fill(1));
    await expect(laptop.call('restore.begin', { secret })).rejects.toMatchObject({
      code: 'key_unverifiable',
    });
  });

  it('keeps what lies there for other keys', async () => {
    const laptop = await devices.signIn();
    const path = `${accountData()}/m.megolm_backup.v1`;
    const theirs = { iv: 'a', ciphertext: 'b', mac: 'c' };
    const { http } = clientOf(laptop);
    await http.authedRequest(Method.Put, path, {}, { encrypted: { theirs }, note: 'kept' });
    await setUpByKey(laptop);
    expect(await http.authedRequest(Method.Get, path)).toMatchObject({
      encrypted: { theirs },
      note: 'kept',
    });
    expect(laptop.keys.value.state).toBe('ready');
  });
});

describe('a security phrase is refused', () => {
  it('when the password that is typed at last is the phrase (I8)', async () => {
    const { user } = devices;
    const laptop = await devices.restart(await devices.signIn());
    const choice = { method: 'phrase', phrase: user.password, repeated: user.password } as const;
    await laptop.call('setup.begin', choice);
    await laptop.call('setup.prove', { by: 'phrase', phrase: user.password });
    await expect(
      laptop.call('setup.secure', { accountPassword: user.password }),
    ).rejects.toMatchObject({ code: 'phrase_is_password' });
    expect(laptop.setup.value).toEqual({ step: 'idle' });
    await expect(laptop.call('setup.begin', choice)).rejects.toMatchObject({
      code: 'phrase_is_password',
    });
  });

  it('when it is the account password, however it is dressed (I8)', async () => {
    const laptop = await devices.signIn();
    const { password } = devices.user;
    for (const phrase of [password, ` ${password}`, `${password}\n`, password.normalize('NFD')]) {
      await expect(
        laptop.call('setup.begin', { method: 'phrase', phrase, repeated: phrase }),
      ).rejects.toMatchObject({ code: 'phrase_is_password' });
    }
    expect(laptop.setup.value).toEqual({ step: 'idle' });
  });

  it('when it is easy to guess, or typed differently the second time', async () => {
    const laptop = await devices.signIn();
    const begin = (phrase: string, repeated: string): Promise<unknown> =>
      laptop.call('setup.begin', { method: 'phrase', phrase, repeated });
    await expect(begin('Passwort123', 'Passwort123')).rejects.toMatchObject({
      code: 'phrase_too_weak',
    });
    await expect(begin(devices.user.name, devices.user.name)).rejects.toMatchObject({
      code: 'phrase_too_weak',
    });
    await expect(begin(goodPhrase, `${goodPhrase} `)).rejects.toMatchObject({
      code: 'phrase_mismatch',
    });
  });
});

describe('without proof nothing is created (I5)', () => {
  it('and a failed proof is none', async () => {
    const laptop = await devices.signIn();
    await laptop.keys.waitFor(({ state }) => state === 'needs_setup');
    await expect(laptop.call('setup.secure', {})).rejects.toMatchObject({ code: 'not_ready' });

    const { recoveryKey } = await laptop.call('setup.begin', { method: 'key' });
    for (const copy of ['saved', 'printed', 'pdf', 'copied'] as const) {
      laptop.engine.session.keys.copyKept(copy);
    }
    await expect(laptop.call('setup.secure', {})).rejects.toMatchObject({ code: 'not_allowed' });
    await expect(
      laptop.call('setup.prove', { by: 'groups', groups: ['AAAA', 'BBBB', 'CCCC'] }),
    ).rejects.toMatchObject({ code: 'proof_mismatch' });
    await expect(laptop.call('setup.secure', {})).rejects.toMatchObject({ code: 'not_allowed' });
    await laptop.call('signOut.risk', {});
    expect(laptop.keys.value.state).toBe('needs_setup');

    await laptop.call('setup.prove', { by: 'text', text: `saved:\n${recoveryKey}` });
    await laptop.call('setup.secure', {});
    expect(laptop.keys.value.state).toBe('ready');
  });

  it('and a new key needs a new one', async () => {
    const laptop = await devices.signIn();
    const first = await laptop.call('setup.begin', { method: 'key' });
    await laptop.call('setup.prove', { by: 'text', text: first.recoveryKey });
    await laptop.call('setup.begin', { method: 'key' });
    await expect(laptop.call('setup.secure', {})).rejects.toMatchObject({ code: 'not_allowed' });
    await expect(
      laptop.call('setup.prove', { by: 'text', text: first.recoveryKey }),
    ).rejects.toMatchObject({ code: 'proof_mismatch' });
  });
});

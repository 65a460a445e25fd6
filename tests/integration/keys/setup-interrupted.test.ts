import { describe, expect, it } from 'vitest';
import type { TestEngine } from '../../support/engine/start-engine';
import { matrixError, type InterceptedRequest } from '../../support/engine/test-fetch';
import { converse, readMessage } from './conversation';
import { useDevices } from './devices';
import { setUpByKey } from './setup-by';

const devices = useDevices();

async function proven(engine: TestEngine): Promise<string> {
  const { recoveryKey } = await engine.call('setup.begin', { method: 'key' });
  await engine.call('setup.prove', { by: 'text', text: recoveryKey });
  return recoveryKey;
}

const asksForWhatIsThere =
  /\/room_keys\/version$|\/account_data\/m\.(secret_storage\.default_key|megolm_backup|cross_signing)/;

function isPartOfSetup({ method, url }: InterceptedRequest): boolean {
  return (
    (method === 'PUT' && url.pathname.includes('/account_data/')) ||
    (method === 'GET' && asksForWhatIsThere.test(url.pathname)) ||
    (method === 'POST' &&
      /\/(device_signing|signatures)\/upload$|\/room_keys\/version$/.test(url.pathname))
  );
}

describe('a setup that fails', () => {
  it('goes on where it stopped, whichever request it was', async () => {
    const laptop = await devices.signIn();
    const sent = await converse(laptop, 1, 2);
    const recoveryKey = await proven(laptop);
    const failedOnce = new Set<string>();
    laptop.intercept(async (request, onward) => {
      const step = `${request.method} ${request.url.pathname}`;
      if (!isPartOfSetup(request) || failedOnce.has(step)) return onward();
      failedOnce.add(step);
      return matrixError(500, 'M_UNKNOWN');
    });

    let attempts = 1;
    while (
      !(await laptop.call('setup.secure', {}).then(
        () => true,
        () => false,
      ))
    )
      attempts += 1;

    // Key description, four secrets, default key, preference, identity, signature, backup ...
    expect(failedOnce.size).toBeGreaterThanOrEqual(10);
    expect(attempts).toBeGreaterThanOrEqual(10);
    expect(laptop.keys.value).toMatchObject({
      state: 'ready',
      backedUpKeys: 2,
      backupVersion: '1',
    });

    const desktop = await devices.signIn();
    await desktop.call('restore.begin', { secret: recoveryKey });
    await desktop.restore.waitFor(({ step }) => step === 'done');
    expect(await readMessage(desktop, sent[0]!)).toBe(sent[0]!.text);
    await desktop.keys.waitFor(({ state }) => state === 'ready');
  });

  it('keeps the proven key for the next attempt, and says so', async () => {
    const laptop = await devices.signIn();
    await proven(laptop);
    laptop.intercept(async ({ url }, onward) =>
      url.pathname.endsWith('/device_signing/upload') ? matrixError(503, 'M_UNKNOWN') : onward(),
    );
    await expect(laptop.call('setup.secure', {})).rejects.toMatchObject({ code: 'server_error' });
    expect(laptop.setup.value).toMatchObject({ step: 'proven' });
  });
});

describe('a setup whose last question goes unanswered', () => {
  /** Fails `times` questions for the backup, from its creation on. */
  async function failAfterCreation(engine: TestEngine, times: number): Promise<void> {
    let left = 0;
    engine.intercept(async ({ method, url }, onward) => {
      if (!url.pathname.endsWith('/room_keys/version')) return onward();
      if (method === 'GET' && left > 0) {
        left -= 1;
        throw new TypeError('fetch failed');
      }
      const response = await onward();
      if (method === 'POST') left = times;
      return response;
    });
  }

  it('asks again, and ends with everything uploaded', async () => {
    const laptop = await devices.signIn();
    await converse(laptop, 1, 2);
    await proven(laptop);
    await failAfterCreation(laptop, 1);
    await laptop.call('setup.secure', {});
    expect(laptop.keys.value).toMatchObject({ state: 'ready', backedUpKeys: 2 });
  });

  it('is not done before uploading is on', async () => {
    const laptop = await devices.signIn();
    await converse(laptop, 1, 2);
    await proven(laptop);
    await failAfterCreation(laptop, Number.POSITIVE_INFINITY);
    await expect(laptop.call('setup.secure', {})).rejects.toMatchObject({ code: 'offline' });
    expect(laptop.setup.value).toMatchObject({ step: 'proven' });
    laptop.intercept(null);
    await laptop.call('setup.secure', {});
    expect(laptop.keys.value).toMatchObject({ state: 'ready', backedUpKeys: 2 });
  });
});

describe('a setup during which the session ends', () => {
  it('shows nothing to the next account', async () => {
    const laptop = await devices.signIn();
    await converse(laptop, 1, 1);
    await proven(laptop);
    const answer = Promise.withResolvers<undefined>();
    const asked = Promise.withResolvers<undefined>();
    laptop.intercept(async ({ method, url }, onward) => {
      if (method !== 'PUT' || !url.pathname.endsWith('/room_keys/keys')) return onward();
      asked.resolve(undefined);
      await answer.promise;
      return matrixError(503, 'M_UNKNOWN');
    });
    const securing = laptop.call('setup.secure', {}).catch(() => undefined);
    await asked.promise;
    await laptop.call('signOut.confirm', { acceptLoss: true });
    expect(laptop.setup.value).toEqual({ step: 'idle' });
    answer.resolve(undefined);
    await securing;
    expect(laptop.setup.value).toEqual({ step: 'idle' });
  });
});

describe('a setup that is abandoned while it begins', () => {
  it('presents no key, leaves none in memory, and can begin anew', async () => {
    const laptop = await devices.signIn();
    const asked = Promise.withResolvers<undefined>();
    const answer = Promise.withResolvers<undefined>();
    laptop.intercept(async ({ url }, onward) => {
      if (!url.pathname.endsWith('/m.secret_storage.default_key')) return onward();
      asked.resolve(undefined);
      await answer.promise;
      return onward();
    });
    const begun = expect(laptop.call('setup.begin', { method: 'key' })).rejects.toMatchObject({
      code: 'cancelled',
    });
    await asked.promise;
    await laptop.call('setup.abandon', {});
    answer.resolve(undefined);
    await begun;
    expect(laptop.setup.history.map(({ step }) => step)).not.toContain('presenting');
    expect(() => laptop.engine.session.keys.recoverySheet()).toThrow(
      expect.objectContaining({ code: 'not_ready' }),
    );
    laptop.intercept(null);
    await setUpByKey(laptop);
    expect(laptop.keys.value.state).toBe('ready');
  });
});

describe('a setup that a crash cuts off', () => {
  /** Lets nothing through from the first request that `isCut` names on. */
  async function cutOff(
    isCut: (request: InterceptedRequest) => boolean,
  ): Promise<[TestEngine, string]> {
    const laptop = await devices.signIn();
    await converse(laptop, 1, 1);
    const recoveryKey = await proven(laptop);
    let cut = false;
    laptop.intercept(async (request, onward) => {
      cut ||= isCut(request);
      return cut && isPartOfSetup(request) ? matrixError(500, 'M_UNKNOWN') : onward();
    });
    await expect(laptop.call('setup.secure', {})).rejects.toMatchObject({ code: 'server_error' });
    return [await devices.restart(laptop), recoveryKey];
  }

  it('before secret storage counts leaves an account to set up anew', async () => {
    const [laptop] = await cutOff(
      ({ method, url }) =>
        method === 'PUT' && url.pathname.endsWith('/m.secret_storage.default_key'),
    );
    await laptop.keys.waitFor(({ state }) => state === 'needs_setup');
    await setUpByKey(laptop);
    expect(laptop.keys.value).toMatchObject({ state: 'ready', backedUpKeys: 1 });
  });

  it('before the identity has signed this device leaves an account to set up', async () => {
    const [laptop] = await cutOff(
      ({ method, url }) => method === 'POST' && url.pathname.endsWith('/signatures/upload'),
    );
    await laptop.keys.waitFor(({ state }) => state === 'needs_setup');
    await setUpByKey(laptop);
    expect(laptop.keys.value).toMatchObject({ state: 'ready', backedUpKeys: 1 });
  });

  it('before the backup exists is completed with the recovery key', async () => {
    const [laptop, recoveryKey] = await cutOff(
      ({ method, url }) => method === 'POST' && url.pathname.endsWith('/room_keys/version'),
    );
    await laptop.keys.waitFor(({ state }) => state === 'secrets_incomplete');
    await expect(laptop.call('setup.begin', { method: 'key' })).rejects.toMatchObject({
      code: 'backup_exists',
    });
    await laptop.call('restore.begin', { secret: recoveryKey });
    await laptop.keys.waitFor(({ state, backedUpKeys }) => state === 'ready' && backedUpKeys === 1);
  });

  it('just after the backup was created is completed with the recovery key', async () => {
    const laptop = await devices.signIn();
    await converse(laptop, 1, 1);
    const recoveryKey = await proven(laptop);
    laptop.intercept(async ({ method, url }, onward) => {
      const response = await onward();
      const creates = method === 'POST' && url.pathname.endsWith('/room_keys/version');
      // The server did it, and the answer was lost.
      return creates ? matrixError(502, 'M_UNKNOWN') : response;
    });
    await expect(laptop.call('setup.secure', {})).rejects.toMatchObject({ code: 'server_error' });

    const restarted = await devices.restart(laptop);
    await restarted.keys.waitFor(({ state }) => state === 'needs_restore');
    await restarted.call('restore.begin', { secret: recoveryKey });
    await restarted.keys.waitFor(
      ({ state, backedUpKeys }) => state === 'ready' && backedUpKeys === 1,
    );
  });
});

describe('a server that asks who is there', () => {
  it('is answered with the account password, which goes nowhere else', async () => {
    const laptop = await devices.signIn();
    await proven(laptop);
    const { password } = devices.user;
    const bodies: string[] = [];
    laptop.intercept(async ({ url, body }, onward) => {
      if (body.includes(password)) bodies.push(`${url.pathname} ${body}`);
      if (!url.pathname.endsWith('/device_signing/upload')) return onward();
      const { auth } = JSON.parse(body) as { auth?: { password?: string; session?: string } };
      if (auth?.session === 'a session' && auth.password === password) return onward();
      const refused = auth === undefined ? {} : { errcode: 'M_FORBIDDEN', error: 'Wrong' };
      const challenge = {
        session: 'a session',
        flows: [{ stages: ['m.login.password'] }],
        params: {},
      };
      return Response.json({ ...challenge, ...refused }, { status: 401 });
    });

    await expect(laptop.call('setup.secure', {})).rejects.toMatchObject({
      code: 'reauth_required',
    });
    await expect(laptop.call('setup.secure', { accountPassword: 'wrong' })).rejects.toMatchObject({
      code: 'wrong_password',
    });
    expect(bodies).toEqual([]);
    // Synapse did not ask: it takes the answer to what was asked in its place as a password check.
    await laptop.call('setup.secure', { accountPassword: password });
    expect(bodies).toHaveLength(1);
    expect(laptop.keys.value.state).toBe('ready');
  });
});

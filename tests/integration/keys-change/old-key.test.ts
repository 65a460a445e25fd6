import { describe, expect, it } from 'vitest';
import { HoldfastError } from '../../../main/holdfast-error';
import { encodeRecoveryKey } from '../../../preload/rules/recovery-key';
import type { TestEngine } from '../../support/engine/start-engine';
import { matrixError } from '../../support/engine/test-fetch';
import { clientOf, converse, readMessage, type Sent } from '../keys/conversation';
import { useDevices } from '../keys/devices';
import { goodPhrase, setUpByKey, setUpByPhrase } from '../keys/setup-by';
import { opensEverything } from './change-by';

const devices = useDevices();

async function readsAll(engine: TestEngine, sent: readonly Sent[]): Promise<void> {
  for (const message of sent) expect(await readMessage(engine, message)).toBe(message.text);
}

/** Past what the engine's requests meet. */
async function ask(engine: TestEngine, method: string, path: string): Promise<Response> {
  const client = clientOf(engine);
  const headers = { authorization: `Bearer ${client.getAccessToken()!}` };
  return fetch(`${client.baseUrl}/_matrix/client/v3${path}`, { method, headers });
}

const old = '/room_keys/version/1';

/** The person has neither key nor device, and sets everything up anew on this one. */
async function resetEverything(engine: TestEngine): Promise<string> {
  await engine.keys.waitFor(({ state }) => state === 'needs_restore');
  const made = await engine.call('keyChange.begin', {
    operation: 'reset_everything',
    choice: { method: 'key' },
  });
  const recoveryKey = made!.recoveryKey;
  await engine.call('setup.prove', { by: 'text', text: recoveryKey });
  await engine.call('setup.secure', {});
  await engine.interactiveAuth.waitFor((auth) => auth.step === 'asking' && !auth.checking);
  await engine.call('interactiveAuth.enterPassword', { password: devices.user.password });
  await engine.keyChange.waitFor(({ step }) => step === 'done');
  await engine.call('keyChange.dismiss', {});
  await engine.keys.waitFor(({ state }) => state === 'ready');
  return recoveryKey;
}

interface Lost {
  /** What only the old backup has. */
  readonly sent: readonly Sent[];
  readonly oldKey: string;
  readonly recoveryKey: string;
  readonly phone: TestEngine;
}

async function everythingLost(setUp = setUpByKey): Promise<Lost> {
  const laptop = await devices.signIn();
  const sent = await converse(laptop, 2, 2);
  const oldKey = await setUp(laptop);
  await laptop.keys.waitFor(({ state, backedUpKeys }) => state === 'ready' && backedUpKeys === 4);
  await laptop.stop();
  const phone = await devices.signIn();
  const recoveryKey = await resetEverything(phone);
  expect(await readMessage(phone, sent[0]!)).toBeNull();
  return { sent, oldKey, recoveryKey, phone };
}

describe('an old recovery key that turns up after everything was set up anew', () => {
  it('brings what the old backup holds here and into the present one, and leaves it as it is', async () => {
    const { sent, oldKey, recoveryKey, phone } = await everythingLost();
    expect(await phone.call('oldKey.read', { secret: oldKey })).toEqual({ keys: 4, unread: 0 });
    await readsAll(phone, sent);
    await phone.keys.waitFor(({ state, backedUpKeys }) => state === 'ready' && backedUpKeys === 4);
    const kept = (await (await ask(phone, 'GET', old)).json()) as { count: number };
    expect(kept.count).toBe(4);
    await opensEverything(devices, recoveryKey, sent);
  });

  it('does so as a phrase, on a device that came later than the old backup', async () => {
    const { sent, recoveryKey, phone } = await everythingLost(setUpByPhrase);
    await phone.stop();
    const tablet = await devices.signIn();
    await tablet.call('restore.begin', { secret: recoveryKey });
    await tablet.keys.waitFor(({ state }) => state === 'ready');
    expect(await tablet.call('oldKey.read', { secret: goodPhrase })).toEqual({
      keys: 4,
      unread: 0,
    });
    await readsAll(tablet, sent);
  });

  it('is read again after a stop in the middle, without being entered again', async () => {
    const { sent, oldKey, recoveryKey, phone } = await everythingLost();
    const { promise: reached, resolve: reach } = Promise.withResolvers<undefined>();
    phone.intercept(async (request, onward) => {
      const isDownload =
        request.method === 'GET' && request.url.pathname.includes('/room_keys/keys');
      if (!isDownload) return onward();
      reach(undefined);
      return matrixError(500, 'M_UNKNOWN');
    });
    const cut = phone.call('oldKey.read', { secret: oldKey }).catch(() => undefined);
    await reached;
    const again = await devices.restart(phone);
    await cut;
    await again.keys.waitFor(({ state, backedUpKeys }) => state === 'ready' && backedUpKeys === 4);
    await readsAll(again, sent);
    await opensEverything(devices, recoveryKey, sent);
  });

  it('is refused, each case in its own words, and nothing changes', async () => {
    const { oldKey, recoveryKey, phone } = await everythingLost();
    const refusal = (secret: string): Promise<unknown> =>
      phone.call('oldKey.read', { secret }).then(
        () => 'read',
        (error: unknown) => (error instanceof HoldfastError ? error.code : error),
      );
    expect(await refusal(recoveryKey)).toBe('key_current');
    expect(await refusal(oldKey.slice(0, -1))).toBe('key_incomplete');
    const another = encodeRecoveryKey(crypto.getRandomValues(new Uint8Array(32)));
    expect(await refusal(another)).toBe('old_key_unknown');
    // What is not answered is not gone (I2).
    phone.intercept(async (request, onward) =>
      request.url.pathname.endsWith(old) ? matrixError(500, 'M_UNKNOWN') : onward(),
    );
    expect(await refusal(oldKey)).toBe('server_error');
    phone.intercept(null);
    expect((await ask(phone, 'DELETE', old)).ok).toBe(true);
    expect(await refusal(oldKey)).toBe('old_backup_gone');
    await phone.keys.waitFor(({ state, backedUpKeys }) => state === 'ready' && backedUpKeys === 0);
  });
});

import { describe, expect, it } from 'vitest';
import type { TestEngine } from '../../support/engine/start-engine';
import { matrixError } from '../../support/engine/test-fetch';
import { clientOf, converse, readMessage, type Sent } from '../keys/conversation';
import { useDevices } from '../keys/devices';
import { setUpByKey } from '../keys/setup-by';
import { cutAfter, isPartOfChange, isRefused, opensEverything } from './change-by';

const devices = useDevices();

async function readsAll(engine: TestEngine, sent: readonly Sent[]): Promise<void> {
  for (const message of sent) expect(await readMessage(engine, message)).toBe(message.text);
}

/** Presents and proves the new recovery key; the reset then begins. */
async function beginReset(engine: TestEngine): Promise<string> {
  const made = await engine.call('keyChange.begin', {
    operation: 'reset_everything',
    choice: { method: 'key' },
  });
  const recoveryKey = made!.recoveryKey;
  await engine.call('setup.prove', { by: 'text', text: recoveryKey });
  await engine.call('setup.secure', {});
  return recoveryKey;
}

/** Answers the server's question as the person would. */
async function enterPassword(engine: TestEngine, password = devices.user.password): Promise<void> {
  await engine.interactiveAuth.waitFor((auth) => auth.step === 'asking' && !auth.checking);
  await engine.call('interactiveAuth.enterPassword', { password });
}

const isDone = ({ step }: { step: string }): boolean => step === 'done';

/** Asks past what the engine's requests meet. */
async function ask(engine: TestEngine, path: string): Promise<Response> {
  const client = clientOf(engine);
  const headers = { authorization: `Bearer ${client.getAccessToken()!}` };
  return fetch(`${client.baseUrl}/_matrix/client/v3${path}`, { headers });
}

async function versionIsThere(engine: TestEngine, version: string): Promise<boolean> {
  return (await ask(engine, `/room_keys/version/${version}`)).ok;
}

async function identityOf(engine: TestEngine): Promise<string> {
  const { userId } = devices.user;
  const answer = await clientOf(engine).downloadKeysForUsers([userId]);
  return Object.values(answer.master_keys![userId]!.keys)[0]!;
}

describe('resetting everything', () => {
  it('gives the account a new identity, and a new backup that holds every key of this device', async () => {
    const laptop = await devices.signIn();
    const sent = await converse(laptop, 2, 2);
    const oldKey = await setUpByKey(laptop);
    const before = await identityOf(laptop);
    const recoveryKey = await beginReset(laptop);
    await enterPassword(laptop);
    await laptop.keyChange.waitFor(isDone);
    await laptop.keys.waitFor(({ state, backedUpKeys }) => state === 'ready' && backedUpKeys === 4);
    expect(laptop.interactiveAuth.value).toEqual({ step: 'none' });
    expect(await identityOf(laptop)).not.toBe(before);
    expect(await versionIsThere(laptop, '1')).toBe(false);
    await opensEverything(devices, recoveryKey, sent);
    expect(await isRefused(devices, oldKey)).toBe(true);
  });

  it('keeps the old backup of a device that can’t read it', async () => {
    const laptop = await devices.signIn();
    const sent = await converse(laptop, 1, 2);
    await setUpByKey(laptop);
    const phone = await devices.signIn();
    const mine = await converse(phone, 1, 1);
    await phone.keys.waitFor(({ state }) => state === 'needs_restore');
    const recoveryKey = await beginReset(phone);
    await enterPassword(phone);
    await phone.keyChange.waitFor(isDone);
    expect(await versionIsThere(phone, '1')).toBe(true);
    await opensEverything(devices, recoveryKey, mine);
    // Whoever held the old one has lost nothing, and takes up the new one with the new key.
    await readsAll(laptop, sent);
    await laptop.keys.waitFor(({ state }) => state !== 'ready');
    await laptop.call('restore.begin', { secret: recoveryKey });
    await laptop.restore.waitFor(isDone);
    await laptop.keys.waitFor(({ state, backedUpKeys }) => state === 'ready' && backedUpKeys === 3);
    await opensEverything(devices, recoveryKey, [...sent, ...mine]);
  });

  it('asks again after a wrong password, and can be given up until the identity is there', async () => {
    const laptop = await devices.signIn();
    const sent = await converse(laptop, 1, 1);
    const oldKey = await setUpByKey(laptop);
    const before = await identityOf(laptop);
    const recoveryKey = await beginReset(laptop);
    await enterPassword(laptop, 'not the password');
    await laptop.interactiveAuth.waitFor((auth) => auth.step === 'asking' && auth.refused);
    expect(laptop.keyChange.value).toMatchObject({ doing: 'replace_identity', cancellable: true });
    await laptop.call('keyChange.cancel', {});
    await laptop.keyChange.waitFor(({ step }) => step === 'none');
    expect(await identityOf(laptop)).toBe(before);
    expect(await versionIsThere(laptop, '1')).toBe(true);
    await laptop.keys.waitFor(({ state }) => state === 'ready');
    await opensEverything(devices, oldKey, sent);
    expect(await isRefused(devices, recoveryKey)).toBe(true);
    const slot = `/user/${devices.user.userId}/account_data/m.megolm_backup.v1`;
    const stored = (await (await ask(laptop, slot)).json()) as { encrypted: object };
    expect(Object.keys(stored.encrypted)).toHaveLength(1);
  });

  it('stops where another device gave the account an identity meanwhile', async () => {
    const laptop = await devices.signIn();
    const sent = await converse(laptop, 1, 1);
    const oldKey = await setUpByKey(laptop);
    const phone = await devices.signIn();
    await phone.call('restore.begin', { secret: oldKey });
    await phone.keys.waitFor(({ state }) => state === 'ready');
    await beginReset(laptop);
    await laptop.interactiveAuth.waitFor(({ step }) => step === 'asking');
    const recoveryKey = await beginReset(phone);
    await enterPassword(phone);
    await phone.keyChange.waitFor(isDone);
    await laptop.call('interactiveAuth.cancel', {});
    await laptop.keyChange.waitFor(
      (change) => change.step === 'stopped' && change.code === 'cancelled',
    );
    await laptop.call('keyChange.continue', {});
    await laptop.keyChange.waitFor(
      (change) => change.step === 'stopped' && change.code === 'changed_elsewhere',
    );
    await laptop.call('keyChange.cancel', {});
    await laptop.keyChange.waitFor(({ step }) => step === 'none');
    await opensEverything(devices, recoveryKey, sent);
    await readsAll(laptop, sent);
  });
});

describe('a full reset that a crash cuts off', () => {
  /** Key description, four secrets, identity, signature, default key, version, keys, preference, deletion. */
  const writes = 12;

  it.each(
    Array.from({ length: writes }, (_, index) => [
      [index, true] as const,
      [index + 1, false] as const,
    ]).flat(),
  )(
    'after %i writes (answered: %s) has lost nothing, deletes nothing too early, and goes on',
    async (count, answered) => {
      const laptop = await devices.signIn();
      const sent = await converse(laptop, 1, 2);
      await setUpByKey(laptop);
      const { intercept, cut } = cutAfter(count, answered);
      laptop.intercept(async (request, onward) => {
        const isQuestion =
          request.url.pathname.endsWith('/device_signing/upload') &&
          !request.body.includes('"auth"');
        return isQuestion ? onward() : intercept(request, onward);
      });
      const recoveryKey = await beginReset(laptop);
      void enterPassword(laptop).catch(() => undefined);
      await cut;
      await readsAll(laptop, sent);
      if (count < writes) expect(await versionIsThere(laptop, '1')).toBe(true);

      const again = await devices.restart(laptop);
      const step = await Promise.race([
        again.interactiveAuth.waitFor((auth) => auth.step === 'asking').then(() => 'asked'),
        again.keyChange.waitFor(isDone).then(() => 'done'),
      ]);
      if (step === 'asked') await enterPassword(again);
      await again.keyChange.waitFor(isDone);
      await again.keys.waitFor(
        ({ state, backedUpKeys }) => state === 'ready' && backedUpKeys === 2,
      );
      expect(await versionIsThere(again, '1')).toBe(false);
      await opensEverything(devices, recoveryKey, sent);
    },
  );
});

describe('a full reset at a server that fails', () => {
  it.each([
    [429, 'M_LIMIT_EXCEEDED'],
    [500, 'M_UNKNOWN'],
  ])('with %i once for every request, still ends well', async (status, errcode) => {
    const laptop = await devices.signIn();
    const sent = await converse(laptop, 1, 1);
    await setUpByKey(laptop);
    const failed = new Set<string>();
    laptop.intercept(async (request, onward) => {
      const name = `${request.method} ${request.url.pathname} ${String(request.body.includes('"auth"'))}`;
      if (!isPartOfChange(request) || failed.has(name)) return onward();
      failed.add(name);
      return matrixError(status, errcode);
    });
    const begin = async (): Promise<string> => beginReset(laptop).catch(begin);
    const recoveryKey = await begin();
    const { keyChange, interactiveAuth } = laptop;
    const answering = new AbortController();
    const answer = async (): Promise<void> => {
      while (!answering.signal.aborted) {
        const auth = interactiveAuth.value;
        if (auth.step === 'asking' && !auth.checking) await enterPassword(laptop);
        // As the person does who does not want to wait.
        const change = keyChange.value;
        const waits = change.step === 'working' && change.waiting;
        if (waits) await laptop.call('keyChange.continue', {});
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    };
    const answered = answer();
    await keyChange.waitFor(isDone);
    answering.abort();
    await answered;
    laptop.intercept(null);
    expect([...failed].some((name) => name.includes('device_signing'))).toBe(true);
    await opensEverything(devices, recoveryKey, sent);
  });
});

import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { createDispatcher } from '../../../main/bridge/dispatcher';
import { Subscriptions } from '../../../main/bridge/subscriptions';
import { HoldfastError } from '../../../main/holdfast-error';
import type { Sender } from '../../../main/shell/shell';
import { calls, topics, type CallName, type Handlers } from '../../../preload/contract';
import { errorCodes } from '../../../preload/errors';
import { ValueSource } from '../../../main/topics/value-source';

const appOrigin = 'holdfast://app';

function appWindow(overrides: Partial<Sender> = {}): Sender & { readonly pushed: unknown[] } {
  const pushed: unknown[] = [];
  return {
    windowId: 'main',
    origin: appOrigin,
    isMainFrame: true,
    push: (push) => pushed.push(push),
    pushed,
    ...overrides,
  };
}

function bridge() {
  const handler = vi.fn(() => Promise.resolve(undefined));
  const callEngine = vi.fn(() => Promise.resolve(undefined));
  const connection = new ValueSource({ state: 'connecting' });
  const subscriptions = new Subscriptions((_topic, _params, listener) =>
    connection.subscribe(listener),
  );
  const dispatch = createDispatcher({
    appOrigin: () => appOrigin,
    handlers: new Proxy({}, { get: () => handler }) as unknown as Handlers<'main'>,
    callEngine,
    subscriptions,
  });
  return { dispatch, handler, callEngine, connection, subscriptions };
}

const validArgs: Partial<Record<CallName, unknown>> = {
  'app.quit': { quit: true },
  'preferences.update': { theme: 'dark' },
  'links.open': { url: 'https://example.org' },
  'clipboard.copyText': { text: 'x' },
  'store.openByRecoveryKey': { secret: 'EsTc' },
  'store.openByRecoveryDrop': { bytes: new Uint8Array([1]) },
  'restore.beginByDrop': { bytes: new Uint8Array([1]) },
  'store.choosePassphrase': { passphrase: 'a', repeated: 'a' },
  'store.enterPassphrase': { passphrase: 'a' },
  'store.lock': { passphrase: 'a', repeated: 'a' },
  'accounts.open': { id: 'first' },
  'accounts.rename': { name: 'Ada' },
  'accounts.remove': { typed: '@a:b', acceptLoss: false },
  'signIn.discover': { server: 'example.org' },
  'signIn.password': { baseUrl: 'https://example.org', user: 'ada', password: 'secret' },
  'signOut.confirm': { acceptLoss: false },
  'setup.begin': { method: 'phrase', phrase: 'a', repeated: 'a' },
  'setup.prove': { by: 'groups', groups: ['a', 'b', 'c'] },
  'setup.secure': {},
  'keyChange.begin': { operation: 'reset_backup', secret: 'EsTc' },
  'keyChange.resetBackupByDrop': { bytes: new Uint8Array([1]) },
  'snapshots.readBack': { id: '1.hfkeys' },
  'snapshots.readBackByFile': { id: '1.hfkeys' },
  'snapshots.readBackByDrop': { id: '1.hfkeys', bytes: new Uint8Array([1]) },
  'restore.begin': { secret: 'EsTc' },
  'keyFile.export': { passphrase: 'long enough' },
  'drill.check': { secret: 'EsTc' },
  'drill.checkByDrop': { bytes: new Uint8Array([1]) },
  'keyFile.import': { passphrase: 'long enough' },
  'verification.requestDevice': { deviceId: 'PHONE' },
  'verification.requestPerson': { userId: '@a:b' },
  'verification.qrSeen': { seen: true },
  'people.acceptIdentity': { userId: '@a:b' },
  'verification.scan': { code: new Uint8Array([1]) },
  'verification.scanDrop': { bytes: new Uint8Array([1]) },
  'interactiveAuth.enterPassword': { password: 'secret' },
  'repair.complete': { secret: 'EsTc' },
  'repair.completeByDrop': { bytes: new Uint8Array([1]) },
  'oldKey.read': { secret: 'EsTc' },
  'oldKey.readByDrop': { bytes: new Uint8Array([1]) },
  'devices.rename': { deviceId: 'PHONE', name: 'Phone' },
  'devices.signOut': { deviceIds: ['PHONE'], acceptLoss: false },
  'verifiedOnly.everywhere': { on: true },
  'verifiedOnly.inRoom': { roomId: '!a:b', on: true },
  'timeline.loadOlder': { roomId: '!a:b' },
  'timeline.lookAgain': { roomId: '!a:b' },
  'timeline.send': { roomId: '!a:b', body: 'hello' },
  'timeline.retry': { roomId: '!a:b', itemId: 'm1' },
  'timeline.discard': { roomId: '!a:b', itemId: 'm1' },
  'rooms.markRead': { roomId: '!a:b', eventId: '$e' },
  'rooms.historyForInvited': { roomId: '!a:b' },
  'rooms.invite': { roomId: '!a:b', userId: '@a:b' },
  'rooms.accept': { roomId: '!a:b' },
  'rooms.decline': { roomId: '!a:b' },
};

describe('the bridge', () => {
  it.each([
    ['no sender at all', null],
    ['a frame without an origin', appWindow({ origin: null })],
    ['a foreign origin', appWindow({ origin: 'https://evil.example' })],
    ['an origin that starts like ours', appWindow({ origin: 'holdfast://app.evil.example' })],
    ['a frame inside our page', appWindow({ isMainFrame: false })],
  ])('refuses %s, whatever it calls', async (_name, sender) => {
    const { dispatch, handler, callEngine } = bridge();
    for (const name of [...Object.keys(calls), 'topic.open', 'topic.close']) {
      const reply = await dispatch(sender, name, validArgs[name as CallName] ?? {});
      expect(reply).toMatchObject({ ok: false, error: { code: 'not_allowed' } });
    }
    expect(handler).not.toHaveBeenCalled();
    expect(callEngine).not.toHaveBeenCalled();
  });

  it('hands every call with valid arguments to the side that answers it', async () => {
    for (const name of Object.keys(calls) as CallName[]) {
      const { dispatch, handler, callEngine } = bridge();
      const reply = await dispatch(appWindow(), name, validArgs[name] ?? {});
      expect(reply, name).toMatchObject({ ok: true });
      const answering = calls[name].by === 'main' ? handler : callEngine;
      expect(answering, name).toHaveBeenCalledOnce();
    }
  });

  it.each(Object.keys(calls) as CallName[])(
    'never lets arguments that %s’s schema refuses reach a handler',
    async (name) => {
      const { dispatch, handler, callEngine } = bridge();
      await fc.assert(
        fc.asyncProperty(
          fc.anything({ withNullPrototype: true, withBigInt: true }),
          async (args) => {
            if (calls[name].args.safeParse(args).success) return;
            const reply = await dispatch(appWindow(), name, args);
            expect(reply).toMatchObject({ ok: false, error: { code: 'bad_request' } });
          },
        ),
        { numRuns: 200 },
      );
      expect(handler).not.toHaveBeenCalled();
      expect(callEngine).not.toHaveBeenCalled();
    },
  );

  it('refuses properties that are in no schema', async () => {
    const { dispatch } = bridge();
    for (const name of Object.keys(calls) as CallName[]) {
      const args = { ...(validArgs[name] as object | undefined), surplus: 1 };
      const reply = await dispatch(appWindow(), name, args);
      expect(reply, name).toMatchObject({ ok: false, error: { code: 'bad_request' } });
    }
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', '', 'app', 42, null, {}])(
    'knows no call named %s',
    async (name) => {
      const reply = await bridge().dispatch(appWindow(), name, {});
      expect(reply).toMatchObject({ ok: false, error: { code: 'bad_request' } });
    },
  );

  it('passes on the code of a known error, and not even the message of any other', async () => {
    const { dispatch, callEngine } = bridge();
    callEngine.mockRejectedValueOnce(new HoldfastError('key_wrong', 'no', { server: 's' }));
    expect(await dispatch(appWindow(), 'signOut.risk', {})).toEqual({
      ok: false,
      error: { code: 'key_wrong', message: 'no', data: { server: 's' } },
    });
    callEngine.mockRejectedValueOnce(new Error('Bearer syt_secret'));
    const reply = await dispatch(appWindow(), 'signOut.risk', {});
    expect(reply).toMatchObject({ ok: false, error: { code: 'internal' } });
    expect(JSON.stringify(reply)).not.toContain('syt_secret');
  });

  it('has no code twice', () => {
    expect(new Set(errorCodes).size).toBe(errorCodes.length);
  });
});

describe('topics', () => {
  const open = { subscription: 1, topic: 'connection', params: {} };

  it('tell the snapshot, then every change, until they are closed', async () => {
    const { dispatch, connection } = bridge();
    const sender = appWindow();
    await dispatch(sender, 'topic.open', open);
    connection.set({ state: 'online' });
    await dispatch(sender, 'topic.close', { subscription: 1 });
    connection.set({ state: 'reconnecting' });
    expect(sender.pushed).toEqual([
      { subscription: 1, message: { state: 'connecting' } },
      { subscription: 1, message: { state: 'online' } },
    ]);
  });

  it('end when their window is gone', async () => {
    const { dispatch, connection, subscriptions } = bridge();
    const sender = appWindow();
    await dispatch(sender, 'topic.open', open);
    subscriptions.windowGone('main');
    connection.set({ state: 'online' });
    expect(sender.pushed).toHaveLength(1);
  });

  it('are refused where unknown, wrongly parametrised or doubled', async () => {
    const { dispatch } = bridge();
    const sender = appWindow();
    await dispatch(sender, 'topic.open', open);
    const refused = [
      open,
      { subscription: 2, topic: '__proto__', params: {} },
      { subscription: 2, topic: 'timeline', params: {} },
      { subscription: 2, topic: 'timeline', params: { roomId: 'no room' } },
      { subscription: -1, topic: 'rooms', params: {} },
    ];
    for (const args of refused) {
      const reply = await dispatch(sender, 'topic.open', args);
      expect(reply).toMatchObject({ ok: false, error: { code: 'bad_request' } });
    }
  });

  it('can’t exhaust the app, however many a page opens', async () => {
    const { dispatch } = bridge();
    const sender = appWindow();
    let refused = 0;
    for (let subscription = 1; subscription <= 400; subscription++) {
      const reply = await dispatch(sender, 'topic.open', { ...open, subscription });
      if (!reply.ok) refused++;
    }
    expect(refused).toBeGreaterThan(100);
  });

  it('are all answered by somebody', () => {
    for (const topic of Object.values(topics)) expect(['main', 'engine']).toContain(topic.by);
  });
});

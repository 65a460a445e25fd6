import { describe, expect, it } from 'vitest';
import { Method } from 'matrix-js-sdk';
import type { RoomId } from '../../../preload/model/ids';
import { removeProfiles, startEngine, type TestEngine } from '../../support/engine/start-engine';
import { sharedHomeserver } from '../../support/homeserver/shared';
import { startHostileProxy, type Trouble } from '../../support/network/hostile-proxy';
import {
  clientOf,
  converse,
  readableOnScreen,
  readMessage,
  until,
  type Sent,
} from './conversation';
import { useDevices } from './devices';
import { setUpByKey } from './setup-by';

const devices = useDevices();

/** The rooms whose keys are asked for as a whole, in the order of asking. */
const roomAsked = /\/room_keys\/keys\/([^/]+)$/;

async function prepared(rooms: number, sessions: number): Promise<{ key: string; sent: Sent[] }> {
  const laptop = await devices.signIn();
  const sent = await converse(laptop, rooms, sessions);
  return { sent, key: await setUpByKey(laptop) };
}

/** As on a network that swallows packets. */
function noAnswer(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}

function noteRooms(engine: TestEngine): string[] {
  const asked: string[] = [];
  engine.intercept(async ({ url }, onward) => {
    const room = roomAsked.exec(url.pathname)?.[1];
    if (room !== undefined) asked.push(decodeURIComponent(room));
    return onward();
  });
  return asked;
}

describe('the way a restore goes', () => {
  it('begins with the room on screen, then the most recent ones', async () => {
    const { key, sent } = await prepared(4, 1);
    const desktop = await devices.signIn();
    const [oldest, second, third, newest] = sent.map(({ roomId }) => roomId);
    await until(clientOf(desktop), () => clientOf(desktop).getRooms().length === 4);
    desktop.engine.session.timelines.items(second as RoomId).subscribe(() => undefined);
    const asked = noteRooms(desktop);
    await desktop.call('restore.begin', { secret: key });
    await desktop.restore.waitFor(({ step }) => step === 'done');
    expect(asked).toEqual([second, newest, third, oldest]);
  });

  it('makes the messages on screen readable before any room has come', async () => {
    const { key, sent } = await prepared(2, 3);
    const desktop = await devices.signIn();
    const onScreen = sent.slice(0, 3);
    const client = clientOf(desktop);
    await until(client, () => client.getRoom(onScreen[0]!.roomId) !== null);
    const roomId = onScreen[0]!.roomId as RoomId;
    desktop.engine.session.timelines.items(roomId).subscribe(() => undefined);
    // Together: the SDK would fetch them as well, one after the other.
    const asked = new Set<string>();
    const allAsked = Promise.withResolvers<void>();
    desktop.intercept(async ({ url }, onward) => {
      if (roomAsked.test(url.pathname)) return new Promise<never>(() => undefined);
      if (!/\/room_keys\/keys\/[^/]+\/[^/]+$/.test(url.pathname)) return onward();
      if (asked.add(url.pathname).size === onScreen.length) allAsked.resolve();
      await allAsked.promise;
      return onward();
    });
    await desktop.call('restore.begin', { secret: key });
    for (const message of onScreen) {
      expect(await readableOnScreen(desktop, message)).toBe(message.text);
    }
    expect(desktop.restore.value.step).toBe('restoring');
  });

  it('makes them readable while the account is still being opened', async () => {
    const { key, sent } = await prepared(1, 2);
    const desktop = await devices.signIn();
    await until(clientOf(desktop), () => clientOf(desktop).getRoom(sent[0]!.roomId) !== null);
    const roomId = sent[0]!.roomId as RoomId;
    desktop.engine.session.timelines.items(roomId).subscribe(() => undefined);
    const readable = Promise.withResolvers<void>();
    desktop.intercept(async ({ url }, onward) => {
      if (url.pathname.endsWith('/keys/signatures/upload')) await readable.promise;
      return onward();
    });
    const begun = desktop.call('restore.begin', { secret: key });
    for (const message of sent) {
      expect(await readableOnScreen(desktop, message)).toBe(message.text);
    }
    expect(desktop.restore.value.step).toBe('checking');
    readable.resolve();
    await begun;
    const done = await desktop.restore.waitFor(({ step }) => step === 'done');
    expect(done).toMatchObject({ imported: 2, total: 2, failed: 0 });
  });

  it('waits for no answer that does not come, neither to go on nor to pause', async () => {
    const { key, sent } = await prepared(2, 2);
    const desktop = await devices.signIn();
    const onScreen = sent[0]!.roomId as RoomId;
    await until(clientOf(desktop), () => clientOf(desktop).getRoom(onScreen) !== null);
    desktop.engine.session.timelines.items(onScreen).subscribe(() => undefined);
    const held = Promise.withResolvers<void>();
    let rooms = 0;
    desktop.intercept(async ({ url, signal }, onward) => {
      const isSingleKey = /\/room_keys\/keys\/[^/]+\/[^/]+$/.test(url.pathname);
      if (isSingleKey) return noAnswer(signal);
      if (!roomAsked.test(url.pathname)) return onward();
      rooms += 1;
      if (rooms > 1) held.resolve();
      return rooms === 1 ? onward() : noAnswer(signal);
    });
    await desktop.call('restore.begin', { secret: key });
    await held.promise;
    await desktop.restore.waitFor((state) => state.step === 'restoring' && state.done === 2);
    await desktop.call('restore.pause', {});
    expect(desktop.restore.value).toEqual({ step: 'paused', done: 2, total: 4 });
    for (const message of sent.filter(({ roomId }) => roomId === onScreen)) {
      expect(await readableOnScreen(desktop, message)).toBe(message.text);
    }
  });

  it('can be paused, over a restart, and fetches no finished room again', async () => {
    const { key, sent } = await prepared(3, 2);
    const desktop = await devices.signIn();
    const first: string[] = [];
    const held = Promise.withResolvers<void>();
    const release = Promise.withResolvers<void>();
    desktop.intercept(async ({ url }, onward) => {
      const room = roomAsked.exec(url.pathname)?.[1];
      if (room === undefined) return onward();
      if (first.push(decodeURIComponent(room)) === 3) held.resolve();
      if (first.length >= 3) await release.promise;
      return onward();
    });
    await desktop.call('restore.begin', { secret: key });
    await held.promise;
    await desktop.restore.waitFor((state) => state.step === 'restoring' && state.done === 4);
    const pausing = desktop.call('restore.pause', {});
    release.resolve();
    await pausing;
    const paused = { step: 'paused', done: 4, total: 6 };
    expect(desktop.restore.value).toEqual(paused);
    await desktop.call('restore.dismiss', {});

    const restarted = await devices.restart(desktop);
    expect(restarted.restore.value).toEqual(paused);
    const then = noteRooms(restarted);
    await restarted.call('restore.resume', {});
    const done = await restarted.restore.waitFor(({ step }) => step === 'done');
    expect(done).toMatchObject({ imported: 6, total: 6, failed: 0 });
    expect(then).toEqual([first[2]]);
    for (const message of sent) expect(await readMessage(restarted, message)).toBe(message.text);
  });

  it('counts keys with a wrong MAC, and says in which room until that was seen', async () => {
    const { key, sent } = await prepared(2, 2);
    const damaged = sent[0]!.roomId;
    const desktop = await devices.signIn();
    desktop.intercept(async ({ url }, onward) => {
      const response = await onward();
      const room = roomAsked.exec(url.pathname)?.[1];
      if (room === undefined || decodeURIComponent(room) !== damaged) return response;
      const answer = (await response.json()) as {
        sessions: Record<string, { session_data: { mac: string } }>;
      };
      for (const { session_data: data } of Object.values(answer.sessions)) data.mac = 'AAAAAAAAAAA';
      return Response.json(answer);
    });
    await desktop.call('restore.begin', { secret: key });
    const done = await desktop.restore.waitFor(({ step }) => step === 'done');
    const failedRooms = [{ roomId: damaged, keys: 2 }];
    const result = { step: 'done', imported: 2, total: 4, failed: 2, failedRooms };
    expect(done).toEqual(result);

    const restarted = await devices.restart(desktop);
    expect(restarted.restore.value).toEqual(result);
    await restarted.call('restore.dismiss', {});
    const again = await devices.restart(restarted);
    expect(again.restore.value).toEqual({ step: 'idle' });
    // Whoever tries once more begins anew, and gets what can be read by now.
    await again.call('restore.begin', { secret: key });
    const whole = await again.restore.waitFor(({ step }) => step === 'done');
    expect(whole).toMatchObject({ imported: 4, failed: 0 });
  });

  it('reads a backup to its end that another device replaces meanwhile, and deletes nothing (I1)', async () => {
    const { key } = await prepared(3, 1);
    const desktop = await devices.signIn();
    const http = clientOf(desktop).http;
    const versions = '/_matrix/client/v3/room_keys/version';
    const ask = async (method: Method, path = ''): Promise<unknown> =>
      http.authedRequest(
        method,
        `${versions}${path}`,
        {},
        method === Method.Post ? other : undefined,
        {
          prefix: '',
        },
      );
    const other = { algorithm: 'm.megolm_backup.v1.curve25519-aes-sha2', auth_data: {} };
    const replaced = Promise.withResolvers<void>();
    let asked = 0;
    desktop.intercept(async ({ url }, onward) => {
      if (roomAsked.test(url.pathname) && ++asked === 2) {
        await ask(Method.Post);
        replaced.resolve();
      }
      return onward();
    });
    await desktop.call('restore.begin', { secret: key });
    await replaced.promise;
    const done = await desktop.restore.waitFor(({ step }) => step === 'done');
    expect(done).toMatchObject({ imported: 3, failed: 0 });
    expect(await ask(Method.Get, '/1')).toMatchObject({ count: 3 });
  });
});

describe('a network that fails at every request for keys', () => {
  const troubles: readonly Trouble[] = [
    { kind: 'error', status: 429, retryAfterMs: 1_000 },
    { kind: 'error', status: 500 },
    { kind: 'cut' },
    { kind: 'lose-answer' },
    { kind: 'truncate', bytes: 700 },
    { kind: 'html' },
  ];

  it.each(troubles)('is waited for: %j', async (trouble) => {
    const { key } = await prepared(3, 2);
    const homeserver = await sharedHomeserver();
    const proxy = await startHostileProxy(homeserver.baseUrl);
    try {
      await using desktop = await startEngine({
        signIn: { homeserver: { baseUrl: proxy.url }, user: devices.user },
        // The homeserver would name itself, and be asked directly from then on.
        intercept: async ({ method, url }, onward) => {
          const response = await onward();
          if (method !== 'POST' || !url.pathname.endsWith('/login')) return response;
          const answer = (await response.json()) as Record<string, unknown>;
          return Response.json({ ...answer, well_known: undefined });
        },
      });
      await until(clientOf(desktop), () => clientOf(desktop).getRooms().length === 3);
      // Each room's first request, whichever it is.
      for (const roomId of clientOf(desktop)
        .getRooms()
        .map((room) => room.roomId)) {
        const route = new RegExp(`/room_keys/keys/${encodeURIComponent(roomId)}$`);
        proxy.disturb({ route, trouble, times: 1 });
      }
      await desktop.call('restore.begin', { secret: key });
      const done = await desktop.restore.waitFor(({ step }) => step === 'done');
      expect(done).toMatchObject({ imported: 6, total: 6, failed: 0 });
      const struck = proxy.seen.filter(({ fate }) => fate === trouble.kind);
      expect(struck).toHaveLength(3);
      // A hiccup is no interruption.
      expect(desktop.restore.history.map(({ step }) => step)).not.toContain('interrupted');
    } finally {
      await proxy.stop();
      await removeProfiles();
    }
  });
});

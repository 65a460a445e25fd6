import type { TestEngine } from '../../support/engine/start-engine';
import { describe, expect, it } from 'vitest';
import { matrixError } from '../../support/engine/test-fetch';
import { clientOf, converse, readMessage, send } from './conversation';
import { useDevices } from './devices';
import { setUpByKey } from './setup-by';
import { uploadsFail } from './uploads-fail';

const devices = useDevices();

describe('after a restart', () => {
  it('the session is there, with its keys, and asks nothing', async () => {
    const laptop = await devices.signIn();
    const sent = await converse(laptop, 1, 2);
    await setUpByKey(laptop);
    const before = laptop.account;

    const restarted = await devices.restart(laptop);

    expect(restarted.account).toEqual(before);
    await restarted.keys.waitFor(({ state }) => state === 'ready');
    expect(await readMessage(restarted, sent[0]!)).toBe(sent[0]!.text);
    expect(await readMessage(restarted, sent[1]!)).toBe(sent[1]!.text);
  });

  it('keys are uploaded as soon as a start without a connection finds one', async () => {
    const laptop = await devices.signIn();
    const [sent] = await converse(laptop, 1, 1);
    await setUpByKey(laptop);
    laptop.intercept(uploadsFail);
    await clientOf(laptop).getCrypto()!.forceDiscardSession(sent!.roomId);
    await send(clientOf(laptop), sent!.roomId, 'not yet backed up');

    let online = false;
    const restarted = await devices.restart(laptop, async (_request, onward) => {
      if (!online) throw new TypeError('fetch failed');
      return onward();
    });
    await restarted.connection.waitFor(({ state }) => state !== 'online');
    expect(await restarted.call('signOut.risk', {})).toMatchObject({ state: 'unknown' });
    online = true;
    await restarted.call('signOut.risk', {});
    await restarted.keys.waitFor(
      ({ state, backedUpKeys }) => state === 'ready' && backedUpKeys === 2,
    );
  });

  it('a snoozed reminder is still snoozed, and has not been forgotten (I6)', async () => {
    const laptop = await devices.signIn();
    await laptop.keys.waitFor(({ reminder }) => reminder.due);
    await laptop.call('reminder.snooze', {});
    const { reminder } = laptop.keys.value;
    expect(reminder).toMatchObject({ due: false });

    const restarted = await devices.restart(laptop);
    await restarted.keys.waitFor(({ state }) => state === 'needs_setup');
    expect(restarted.keys.value.reminder).toEqual(reminder);
  });

  it('a recovery key that was only presented is gone', async () => {
    const laptop = await devices.signIn();
    await laptop.call('setup.begin', { method: 'key' });
    const restarted = await devices.restart(laptop);
    expect(restarted.setup.value).toEqual({ step: 'idle' });
    expect(() => restarted.engine.session.keys.recoverySheet()).toThrow(
      expect.objectContaining({ code: 'not_ready' }),
    );
  });
});

describe('a restore that is cut off', () => {
  // Of a room or of all; single keys are what the SDK fetches for messages on screen.
  const asksForKeys = /\/room_keys\/keys(\/[^/]+)?$/;

  /** Resolves once its two keys are here. */
  const firstRoomOf = ({ restore }: TestEngine): Promise<unknown> =>
    restore.waitFor((state) => 'done' in state && state.done >= 2);

  it('says so, waits, and goes on where it stopped', async () => {
    const laptop = await devices.signIn();
    const sent = await converse(laptop, 3, 2);
    const recoveryKey = await setUpByKey(laptop);

    const desktop = await devices.signIn();
    const asked: string[] = [];
    let online = true;
    desktop.intercept(async ({ url }, onward) => {
      if (!asksForKeys.test(url.pathname)) return onward();
      asked.push(url.pathname);
      online = online && asked.length < 2;
      if (online) return onward();
      await firstRoomOf(desktop);
      throw new TypeError('fetch failed');
    });
    await desktop.call('restore.begin', { secret: recoveryKey });
    const cut = await desktop.restore.waitFor(({ step }) => step === 'interrupted');
    expect(cut).toEqual({ step: 'interrupted', done: 2, total: 6 });

    desktop.intercept(async ({ url }, onward) => {
      if (asksForKeys.test(url.pathname)) asked.push(url.pathname);
      return onward();
    });
    await desktop.call('restore.resume', {});
    const done = await desktop.restore.waitFor(({ step }) => step === 'done');
    expect(done).toEqual({ step: 'done', imported: 6, total: 6, failed: 0, failedRooms: [] });
    expect(asked.filter((path) => path === asked[0])).toHaveLength(1);
    for (const message of sent) expect(await readMessage(desktop, message)).toBe(message.text);
  });

  it('goes on by itself after a restart, without the key being asked for', async () => {
    const laptop = await devices.signIn();
    const sent = await converse(laptop, 2, 2);
    const recoveryKey = await setUpByKey(laptop);

    const desktop = await devices.signIn();
    let asked = 0;
    desktop.intercept(async ({ url }, onward) => {
      if (!asksForKeys.test(url.pathname) || ++asked === 1) return onward();
      await firstRoomOf(desktop);
      throw new TypeError('fetch failed');
    });
    await desktop.call('restore.begin', { secret: recoveryKey });
    await desktop.restore.waitFor(({ step }) => step === 'interrupted');

    const restarted = await devices.restart(desktop);
    expect(restarted.restore.history).toContainEqual({ step: 'interrupted', done: 2, total: 4 });
    const done = await restarted.restore.waitFor(({ step }) => step === 'done');
    expect(done).toEqual({ step: 'done', imported: 4, total: 4, failed: 0, failedRooms: [] });
    for (const message of sent) expect(await readMessage(restarted, message)).toBe(message.text);
  });

  it('stops, and says so, where the server refuses; goes on when asked to', async () => {
    const laptop = await devices.signIn();
    await converse(laptop, 1, 2);
    const recoveryKey = await setUpByKey(laptop);

    const desktop = await devices.signIn();
    let refusals = 0;
    desktop.intercept(async ({ url }, onward) => {
      if (!asksForKeys.test(url.pathname)) return onward();
      refusals += 1;
      return matrixError(403, 'M_FORBIDDEN');
    });
    await desktop.call('restore.begin', { secret: recoveryKey });
    await desktop.restore.waitFor(({ step }) => step === 'interrupted');
    desktop.intercept(null);
    await desktop.call('restore.resume', {});
    await desktop.restore.waitFor(({ step }) => step === 'done');
    expect(refusals).toBe(1);
  });

  it('ends with what is missing where the backup is replaced meanwhile', async () => {
    const laptop = await devices.signIn();
    await converse(laptop, 1, 2);
    const recoveryKey = await setUpByKey(laptop);

    const desktop = await devices.signIn();
    let replaced = false;
    desktop.intercept(async ({ url }, onward) => {
      replaced ||= asksForKeys.test(url.pathname);
      const isAbout = url.pathname.includes('/room_keys/');
      return replaced && isAbout ? matrixError(404, 'M_NOT_FOUND') : onward();
    });
    await desktop.call('restore.begin', { secret: recoveryKey });
    const done = await desktop.restore.waitFor(({ step }) => step === 'done');
    expect(done).toEqual({ step: 'done', imported: 0, total: 2, failed: 2, failedRooms: [] });
  });

  it('counts keys that can’t be read, and imports all others', async () => {
    const laptop = await devices.signIn();
    const sent = await converse(laptop, 1, 3);
    const recoveryKey = await setUpByKey(laptop);

    const desktop = await devices.signIn();
    desktop.intercept(async ({ url }, onward) => {
      const response = await onward();
      if (!asksForKeys.test(url.pathname)) return response;
      const { sessions } = (await response.json()) as { sessions: Record<string, unknown> };
      const [first] = Object.keys(sessions);
      return Response.json({ sessions: { ...sessions, [first!]: { session_data: { mac: 1 } } } });
    });
    await desktop.call('restore.begin', { secret: recoveryKey });
    const done = await desktop.restore.waitFor(({ step }) => step === 'done');
    const failedRooms = [{ roomId: sent[0]!.roomId, keys: 1 }];
    expect(done).toEqual({ step: 'done', imported: 2, total: 3, failed: 1, failedRooms });
    desktop.intercept(null);
    const texts = await Promise.all(sent.map((message) => readMessage(desktop, message)));
    expect(texts.filter((text) => text !== null).length).toBeGreaterThanOrEqual(2);
  });
});

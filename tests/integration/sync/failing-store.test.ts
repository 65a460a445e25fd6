import { readdirSync, rmSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import type { DeviceSignOutRisk } from '../../../preload/model/devices';
import type { SignOutRisk } from '../../../preload/model/keys';
import { removeProfiles, startEngine } from '../../support/engine/start-engine';
import { bodies, says } from '../timeline/content';
import { readable, sayWithFreshKey, startWatched, watchRoom } from './conversation';
import { damage, damageFile, leftBehind, refuseGrowth, refuseWrites, written } from './databases';

const failing = ({ state }: { readonly state: string }): boolean => state === 'failing';
const ok = ({ state }: { readonly state: string }): boolean => state === 'ok';

afterAll(removeProfiles);

describe('keys that arrive while they can not be stored', () => {
  it('are fetched again once they can, and no token that passed them was used', async () => {
    await using conversation = await startWatched();
    const { ada, ben, roomId, timeline, log } = conversation;
    const before = new Set(log.tokensWithKeys);
    const allow = refuseWrites(ada.profile, 'crypto.db');
    await sayWithFreshKey(ben, roomId, 'while it fails');
    await ada.storage.waitFor(failing);
    expect(ada.storage.value).toEqual({ state: 'failing', code: 'disk_read_only' });
    await sayWithFreshKey(ben, roomId, 'and one more');

    const withNewKeys = (): readonly string[] =>
      log.tokensWithKeys.filter((token) => !before.has(token));
    await expect.poll(withNewKeys).not.toEqual([]);
    const passed = withNewKeys();
    // From here on, the next request is the first one of the session that goes on.
    const asked = log.syncs.length;
    allow();
    await ada.storage.waitFor(ok);
    await readable(timeline, 'before', 'while it fails', 'and one more');

    for (const { since } of log.syncs.slice(0, asked + 1)) expect(passed).not.toContain(since);
    expect(bodies(timeline.ordered)).toEqual(['before', 'while it fails', 'and one more']);
  });

  it('are fetched again by the app that was killed meanwhile', async () => {
    await using conversation = await startWatched();
    const { ada, ben, roomId } = conversation;
    await ada.engine.session.saveSync();
    refuseWrites(ada.profile, 'crypto.db');
    await sayWithFreshKey(ben, roomId, 'before the end');
    await ada.storage.waitFor(failing);
    // What the loop still does with this answer is done once the gate holds its next request.
    await ada.engine.session.holdArrivals();
    const profile = leftBehind(ada.profile);
    await ada.stop();

    await using restarted = await startEngine({ profile });
    const timeline = watchRoom(restarted, roomId);
    await readable(timeline, 'before', 'before the end');
    expect(bodies(timeline.ordered)).toEqual(['before', 'before the end']);
    timeline.stop();
    rmSync(profile.dir, { recursive: true });
  });

  it('are fetched again after stopping in order', async () => {
    await using conversation = await startWatched();
    const { ada, ben, roomId } = conversation;
    const allow = refuseWrites(ada.profile, 'crypto.db');
    await sayWithFreshKey(ben, roomId, 'before the end');
    await ada.storage.waitFor(failing);
    allow();
    await ada.stop();

    await using restarted = await startEngine({ profile: ada.profile });
    const timeline = watchRoom(restarted, roomId);
    await readable(timeline, 'before', 'before the end');
    timeline.stop();
  });

  it('do not keep anybody from asking what signing out would lose, at whatever moment', async () => {
    await using conversation = await startWatched();
    const { ada, ben, roomId } = conversation;
    await ada.call('signOut.risk', {});
    const allow = refuseWrites(ada.profile, 'crypto.db');
    await sayWithFreshKey(ben, roomId, 'while it fails');
    await ada.storage.waitFor(failing);
    const halted = ada.engine.session;
    const answers: Promise<SignOutRisk>[] = [];
    const ofDevices: Promise<DeviceSignOutRisk>[] = [];
    allow();
    while (ada.storage.value.state !== 'ok') {
      answers.push(ada.call('signOut.risk', {}));
      ofDevices.push(ada.call('devices.signOutRisk', {}));
      await new Promise(setImmediate);
    }
    expect(ada.engine.session).not.toBe(halted);
    const risks = await Promise.all(answers);
    // While one session has ended and the next has not begun, it is told as it was last known.
    expect(risks.some(({ state, knownAt }) => state === 'unknown' && knownAt !== undefined)).toBe(
      true,
    );
    for (const { safe, pendingKeys } of risks) {
      expect(safe).toBe(false);
      expect(pendingKeys).toBeGreaterThan(0);
    }
    const obstacles = (await Promise.all(ofDevices)).map(({ obstacle }) => obstacle);
    expect(obstacles).toContain('unknown');
    expect(obstacles).not.toContain(null);
  });

  it('leave nothing undone when writing fails again and again', async () => {
    await using conversation = await startWatched();
    const { ada, ben, roomId, timeline } = conversation;
    const expected = ['before'];
    for (const body of ['first time', 'second time']) {
      const allow = refuseWrites(ada.profile, 'crypto.db');
      await sayWithFreshKey(ben, roomId, body);
      await ada.storage.waitFor(failing);
      allow();
      await ada.storage.waitFor(ok);
      expected.push(body);
      await readable(timeline, ...expected);
    }
    expect(bodies(timeline.ordered)).toEqual(expected);
  });
});

describe('a cache that can not be written', () => {
  it('does not stop the sync, and is written once it can be', async () => {
    await using conversation = await startWatched();
    const { ada, ben, roomId, timeline } = conversation;
    await ada.engine.session.saveSync();
    const allow = refuseGrowth(ada.profile, 'cache.db');
    const long = Array.from({ length: 4 }, (_, n) => `${n} ${'much '.repeat(8_000)}`);
    for (const body of long) await ben.say(roomId, body);
    await readable(timeline, ...long);
    await ada.engine.session.saveSync();
    expect(ada.storage.value).toEqual({ state: 'failing', code: 'disk_full' });
    await sayWithFreshKey(ben, roomId, 'still here');
    await readable(timeline, 'still here');
    allow();
    await ada.storage.waitFor(ok);
    await ada.stop();

    // Without a network: the rooms are the saved ones.
    await using offline = await startEngine({
      profile: ada.profile,
      intercept: () => Promise.reject(new TypeError('offline')),
    });
    const saved = watchRoom(offline, roomId);
    await readable(saved, 'before', 'still here');
    saved.stop();
  });
});

describe('a cache that turns out damaged', () => {
  it('is put aside at the next start, and the server gives again what was in it', async () => {
    await using conversation = await startWatched();
    const { ada, ben, roomId, timeline } = conversation;
    const long = Array.from({ length: 4 }, (_, n) => `${n} ${'much '.repeat(8_000)}`);
    for (const body of long) await ben.say(roomId, body);
    await readable(timeline, ...long);
    await ada.stop();
    // In the midst of the saved state: opening the file meets none of it.
    damageFile(ada.profile, 'cache.db', 0.5, 0.8);
    await ben.say(roomId, 'meanwhile');

    await using restarted = await startEngine({ profile: ada.profile });
    const again = watchRoom(restarted, roomId);
    await readable(again, 'before', 'meanwhile');
    expect(restarted.storeFailures).toEqual([]);
    expect(readdirSync(ada.profile.dir).join()).toContain('cache.db.damaged');
    again.stop();
    timeline.stop();
  });
});

describe('messages being sent while keys can not be stored', () => {
  it('wait, and go out once, by themselves and under their transaction id', async () => {
    await using conversation = await startWatched();
    const { ada, ben, roomId, timeline, log } = conversation;
    // The server takes the first one, and the answer is lost.
    const taken = Promise.withResolvers<void>();
    log.sending = async (onward) => {
      await onward();
      taken.resolve();
      return new Promise(() => undefined);
    };
    await ada.call('timeline.send', { roomId, body: 'under way' });
    await taken.promise;
    await ada.call('timeline.send', { roomId, body: 'queued' });
    await readable(timeline, 'queued');
    const queued = timeline.items.find(says('queued'));
    log.sending = (onward) => onward();
    const allow = refuseWrites(ada.profile, 'crypto.db');
    await sayWithFreshKey(ben, roomId, 'meanwhile');
    await ada.storage.waitFor(failing);
    await expect(ada.call('timeline.send', { roomId, body: 'refused' })).rejects.toThrow();
    allow();
    await ada.storage.waitFor(ok);

    await ben.hears(roomId, 'queued');
    const all = ['before', 'under way', 'queued', 'meanwhile'];
    await timeline.waitFor(
      ({ items }) =>
        all.every((body) => bodies(items).includes(body)) &&
        items.every(({ delivery }) => delivery === 'sent'),
    );
    expect(bodies(timeline.items).toSorted()).toEqual(all.toSorted());
    expect(log.sent).toContain(queued?.id);
    expect(timeline.get(queued?.id ?? '')?.content).toMatchObject({ body: 'queued' });
    expect(new Set(log.sent).size).toBe(2);
    const heard = ben.client.getRoom(roomId)?.getLiveTimeline().getEvents() ?? [];
    const texts = heard.map((event) => String(event.getContent()['body']));
    expect(texts.filter((body) => body === 'under way')).toHaveLength(1);
    expect(texts.filter((body) => body === 'queued')).toHaveLength(1);
  });
});

describe('a database that turns out damaged while it is open', () => {
  it('is told to whoever closes it, and not written any more', async () => {
    await using conversation = await startWatched();
    const { ada, ben, roomId } = conversation;
    damage(ada.profile, 'crypto.db');
    await sayWithFreshKey(ben, roomId, 'into the void');
    await ada.storage.waitFor(failing);
    expect(ada.storage.value).toEqual({ state: 'failing', code: 'store_damaged' });
    expect(ada.storeFailures).toEqual(['store_damaged']);

    const told = written(ada.profile, 'crypto.db');
    await sayWithFreshKey(ben, roomId, 'and once more');
    await ada.stop();
    expect(written(ada.profile, 'crypto.db')).toEqual(told);
  });
});

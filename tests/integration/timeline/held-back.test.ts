import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { judge, unmanaged, type ManagedPolicy } from '../../../main/policy/managed-policy';
import { ValueSource } from '../../../main/topics/value-source';
import type { TimelineItem } from '../../../preload/model/rooms';
import { removeProfiles, startEngine, type TestEngine } from '../../support/engine/start-engine';
import type { Intercept } from '../../support/engine/test-fetch';
import { says } from './content';
import { startConversation, watch, type Conversation } from './conversation';
import type { CollectionProbe } from './collection-probe';

const body = 'The exam is on Friday.';

let talk: Conversation;
let itemId: string;

beforeEach(async () => {
  talk = await startConversation();
  const { ada, adaUser, ben, benUser, roomId, timeline } = talk;
  await ben.crossSign(benUser.password);
  await ada.engine.session.client.getCrypto()!.userHasCrossSigningKeys(ben.userId, true);
  await ben.member(roomId, adaUser.userId);
  await ada.call('timeline.send', { roomId, body: 'Hello' });
  await ben.hears(roomId, 'Hello');

  ada.intercept(() => Promise.reject(new TypeError('fetch failed')));
  await ada.call('timeline.send', { roomId, body });
  await timeline.waitFor(({ items }) => items.some(is('failed')));
  itemId = timeline.items.find(is('failed'))!.id;
  await ada.stop();
});
afterEach(() => talk[Symbol.asyncDispose]());
afterAll(removeProfiles);

/**
 * Starts again on the same profile, asks to send before there is a connection, and then has one.
 *
 * @param meanwhile happens before the connection is there
 */
async function reconnect(
  managed: ValueSource<ManagedPolicy>,
  meanwhile: () => void = () => undefined,
): Promise<TestEngine & { readonly timeline: CollectionProbe<TimelineItem> }> {
  const online = Promise.withResolvers<void>();
  const newsComes = newsTakesLonger();
  const again = await startEngine({
    profile: talk.ada.profile,
    managed,
    intercept: async (request, onward) => {
      await online.promise;
      return newsComes(request, onward);
    },
  });
  const timeline = watch(again, talk.roomId);
  await timeline.waitFor(({ items }) => items.some(is('failed')));
  await again.call('timeline.retry', { roomId: talk.roomId, itemId });
  meanwhile();
  online.resolve();
  return Object.assign(again, { timeline });
}

/** What the library itself asks of somebody's keys is answered later than what is asked of a room's. */
function newsTakesLonger(): Intercept {
  const { promise, resolve } = Promise.withResolvers<void>();
  return async ({ url, body: sent }, onward) => {
    if (!url.pathname.endsWith('/keys/query') || !sent.includes(talk.ben.userId)) return onward();
    if (sent.includes(talk.adaUser.userId)) return onward().finally(resolve);
    await promise;
    return onward();
  };
}

const nothingManaged = (): ValueSource<ManagedPolicy> => new ValueSource(unmanaged);

function is(delivery: TimelineItem['delivery']): (item: TimelineItem) => boolean {
  return (item) => says(body)(item) && item.delivery === delivery;
}

const isHeldBack = (item: TimelineItem): boolean => is('failed')(item) && 'heldBack' in item;

describe('a message that would go out by itself, after a restart', () => {
  it('goes out where nothing has changed', async () => {
    await using again = await reconnect(nothingManaged());
    await talk.ben.hears(talk.roomId, body);
    await again.timeline.waitFor(({ items }) => items.some(is('sent')));
  });

  it('waits where somebody’s identity has changed meanwhile, and goes out on the person’s word', async () => {
    const { ben, benUser, roomId } = talk;
    await ben.crossSign(benUser.password);
    await using again = await reconnect(nothingManaged());
    await again.timeline.waitFor(({ items }) => items.some(isHeldBack));
    expect(again.timeline.get(itemId)?.heldBack).toBe('identity_changed');
    const retry = (): Promise<void> => again.call('timeline.retry', { roomId, itemId });
    await expect(retry()).rejects.toMatchObject({ code: 'identity_changed' });

    await again.call('people.acceptIdentity', { userId: ben.userId });
    await retry();
    await ben.hears(roomId, body);
    await again.timeline.waitFor(({ items }) => items.some(is('sent')));
    expect(again.timeline.get(itemId)).not.toHaveProperty('heldBack');
  });

  it('says over another restart, too, what it waits for, until it is sent', async () => {
    const { ada, ben, benUser, roomId } = talk;
    await ben.crossSign(benUser.password);
    const before = await reconnect(nothingManaged());
    await before.timeline.waitFor(({ items }) => items.some(isHeldBack));
    await before.stop();
    await using again = await startEngine({ profile: ada.profile });
    const timeline = watch(again, roomId);
    await timeline.waitFor(({ items }) => items.some(isHeldBack));
    expect(timeline.get(itemId)?.heldBack).toBe('identity_changed');

    await again.call('people.acceptIdentity', { userId: ben.userId });
    await again.call('timeline.retry', { roomId, itemId });
    await ben.hears(roomId, body);
    await timeline.waitFor(({ items }) => items.some(is('sent')));
    expect(timeline.get(itemId)).not.toHaveProperty('heldBack');
  });

  it('waits where the organisation has come to ask for something first', async () => {
    const managed = nothingManaged();
    await using again = await reconnect(managed, () => managed.set(required));
    await again.timeline.waitFor(({ items }) => items.some(isHeldBack));
    expect(again.timeline.get(itemId)?.heldBack).toBe('policy_required');
  });
});

const required = judge({
  layers: [{ from: 'policy.json', mandatory: { keyBackupRequired: true }, recommended: {} }],
  problems: [],
}).policy;

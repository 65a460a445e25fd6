import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RoomId } from '../../../preload/model/ids';
import { removeProfiles } from '../../support/engine/start-engine';
import { TopicProbe } from '../../support/engine/topic-probe';
import { bodies, haveAll, says } from './content';
import { joinRoom, startConversation, watch, type Conversation } from './conversation';

let talk: Conversation;

beforeAll(async () => {
  talk = await startConversation({ encrypted: false });
});

afterAll(async () => {
  await talk[Symbol.asyncDispose]();
  await removeProfiles();
});

describe('the history of a room', () => {
  it('comes page by page, in order, without moving what is shown', async () => {
    const { ada, adaUser, ben } = talk;
    const roomId = (await ben.createRoom({ encrypted: false })) as RoomId;
    const said = await sayMany(ben, roomId, 'line', 90);
    await ben.client.invite(roomId, adaUser.userId);
    await joinRoom(ada, roomId);

    const timeline = watch(ada, roomId);
    const status = new TopicProbe('status', ada.engine.session.timelines.status(roomId));
    await timeline.waitFor(({ items }) => items.some(says('line 90')));
    await status.waitFor(({ loadingOlder }) => !loadingOlder);
    const newest = timeline.items.find(says('line 90'))!;
    expect(timeline.items.length).toBeLessThan(80);
    expect(status.value.reachedStart).toBe(false);

    while (!status.value.reachedStart) await ada.call('timeline.loadOlder', { roomId });
    expect(bodies(timeline.ordered)).toEqual(said);
    expect(timeline.get(newest.id)?.order).toBe(newest.order);
    expect(status.history.some(({ loadingOlder }) => loadingOlder)).toBe(true);
    timeline.stop();
    status.stop();
  });

  it('says why older messages can not be loaded', async () => {
    const { ada, adaUser, ben } = talk;
    const roomId = (await ben.createRoom({ encrypted: false })) as RoomId;
    await sayMany(ben, roomId, 'line', 30);
    await ben.client.invite(roomId, adaUser.userId);
    ada.intercept((request, onward) =>
      request.url.pathname.endsWith('/messages')
        ? Promise.reject(new TypeError('fetch failed'))
        : onward(),
    );
    await joinRoom(ada, roomId);
    const timeline = watch(ada, roomId);
    await timeline.waitFor(({ items }) => items.some(says('line 30')));
    await expect(ada.call('timeline.loadOlder', { roomId })).rejects.toMatchObject({
      code: 'offline',
    });
    ada.intercept(null);
    timeline.stop();
  });

  it('fills a gap of the sync without missing or doubling a message', async () => {
    const { ada, ben, roomId, timeline } = talk;
    const before = await sayMany(ben, roomId, 'before', 5);
    await timeline.waitFor(({ items }) => items.some(says('before 5')));

    const during = await whileCutOff(ada, () => sayMany(ben, roomId, 'during', 25));
    await timeline.waitFor(({ items }) => items.some(says('during 25')));
    const status = new TopicProbe('status', ada.engine.session.timelines.status(roomId));
    while (!status.value.reachedStart) await ada.call('timeline.loadOlder', { roomId });
    const after = await sayMany(ben, roomId, 'after', 2);
    await timeline.waitFor(({ items }) => items.some(says('after 2')));

    expect(bodies(timeline.ordered)).toEqual([...before, ...during, ...after]);
    status.stop();
  });

  it('is a full page after a gap of the sync, however long it was before', async () => {
    const { ada, adaUser, ben } = talk;
    const roomId = (await ben.createRoom({ encrypted: false })) as RoomId;
    await sayMany(ben, roomId, 'before', 30);
    await ben.client.invite(roomId, adaUser.userId);
    await joinRoom(ada, roomId);
    const timeline = watch(ada, roomId);
    await timeline.waitFor(({ items }) => items.some(says('before 1')));

    const during = await whileCutOff(ada, () => sayMany(ben, roomId, 'during', 14));
    await timeline.waitFor(({ items }) => during.every((body) => items.some(says(body))));
    expect(timeline.items.length).toBeGreaterThanOrEqual(20);
    timeline.stop();
  });

  it('is not broken by malformed events', async () => {
    const { ben, roomId, timeline } = talk;
    const { client } = ben;
    // What the server refuses by itself, another server may let through: see the encrypted ones.
    const put = async (path: string, content: unknown): Promise<void> => {
      const url = `${client.baseUrl}/_matrix/client/v3/rooms/${encodeURIComponent(roomId)}/${path}`;
      await fetch(url, {
        method: 'PUT',
        headers: { authorization: `Bearer ${client.getAccessToken() ?? ''}` },
        body: JSON.stringify(content),
      });
    };
    for (const [index, content] of malformed.entries()) {
      await put(`send/m.room.message/bad${String(index)}`, content);
    }
    await put('send/m.room.message/edit', {
      msgtype: 'm.text',
      body: 'new',
      'm.relates_to': { rel_type: 'm.replace', event_id: 8 },
    });
    await put('send/m.room.encrypted/garbage1', {});
    await put('send/m.room.encrypted/garbage2', {
      algorithm: 'm.megolm.v1.aes-sha2',
      ciphertext: { a: 1 },
      session_id: 4,
    });
    await put('send/__proto__/proto', { constructor: 'x' });
    await put('send/m.reaction/reaction', { 'm.relates_to': { rel_type: 'm.annotation', key: 1 } });
    await put('state/__proto__/constructor', { body: 'x' });
    await put('state/constructor/__proto__', {});
    await put('state/m.room.name/', { name: 12 });
    await ben.say(roomId, 'Still here');
    await timeline.waitFor(({ items }) => items.some(says('Still here')));
    // Shown before they are decrypted, and, where they come in several parts, one after the other.
    await timeline.waitFor(
      haveAll(
        { kind: 'unsupported', type: '__proto__' },
        { kind: 'undecryptable', reason: 'damaged' },
        { kind: 'attachment', media: 'image', name: 'no url' },
      ),
    );
  });

  it('is not broken by malformed events inside of encryption', async () => {
    const { ada, adaUser, ben } = talk;
    const roomId = (await ben.createRoom({ invite: [adaUser.userId] })) as RoomId;
    await joinRoom(ada, roomId);
    await ben.member(roomId, adaUser.userId);
    const timeline = watch(ada, roomId);
    for (const content of malformed) await sendAnything(ben, roomId, 'm.room.message', content);
    await sendAnything(ben, roomId, '__proto__', { constructor: 1 });
    await sendAnything(ben, roomId, 'm.room.create', { body: 'not the creation' });
    await ben.say(roomId, 'Still here');
    await timeline.waitFor(({ items }) => items.some(says('Still here')));
    await timeline.waitFor(
      haveAll(
        { kind: 'unsupported', type: '__proto__' },
        { kind: 'unsupported', type: 'm.room.message' },
        { kind: 'unsupported', type: 'm.room.create' },
      ),
    );
    const contents = timeline.items.map(({ content }) => content);
    expect(contents.filter(({ kind }) => kind === 'room_created')).toHaveLength(1);
    timeline.stop();
  });
});

const malformed: readonly object[] = [
  {},
  { msgtype: 7, body: [] },
  { msgtype: 'm.text' },
  { msgtype: 'm.text', body: { toString: 'no' } },
  { msgtype: 'm.image', body: 'no url', info: 'none' },
  { msgtype: '__proto__', body: 'prototype' },
  { msgtype: 'm.text', body: 'new', 'm.relates_to': 'nothing', 'm.new_content': 3 },
  { 'm.mentions': { user_ids: 'all' }, msgtype: 'm.text', body: 'mentions' },
];

/** Sends through the SDK's encryption what its types do not allow. */
async function sendAnything(
  { client }: Conversation['ben'],
  roomId: string,
  type: string,
  content: object,
): Promise<void> {
  await client.sendEvent(roomId, type as never, content as never);
}

/** Does something of which the sync hears nothing until it is done. */
async function whileCutOff<Result>(
  ada: Conversation['ada'],
  work: () => Promise<Result>,
): Promise<Result> {
  let cut = true;
  ada.intercept(async ({ url }, onward) => {
    const isSync = url.pathname.endsWith('/sync') || url.pathname.endsWith('/versions');
    const response = await onward();
    if (cut && isSync) throw new TypeError('terminated');
    return response;
  });
  const result = await work();
  await ada.connection.waitFor(({ state }) => state === 'reconnecting');
  cut = false;
  ada.engine.session.client.retryImmediately();
  return result;
}

async function sayMany(
  ben: Conversation['ben'],
  roomId: string,
  stem: string,
  count: number,
): Promise<readonly string[]> {
  const said = Array.from({ length: count }, (_, index) => `${stem} ${String(index + 1)}`);
  for (const body of said) await ben.say(roomId, body);
  return said;
}

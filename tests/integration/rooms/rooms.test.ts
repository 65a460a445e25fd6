import { EventType } from 'matrix-js-sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EventId, RoomId } from '../../../preload/model/ids';
import type { RoomSummary } from '../../../preload/model/rooms';
import { removeProfiles, startEngine, type TestEngine } from '../../support/engine/start-engine';
import { sharedHomeserver, uniqueName } from '../../support/homeserver/shared';
import { Device, type RoomOptions } from '../../support/partner/device';
import { CollectionProbe } from '../timeline/collection-probe';

let ada: TestEngine;
let ben: Device;
let rooms: CollectionProbe<RoomSummary>;

beforeAll(async () => {
  const homeserver = await sharedHomeserver();
  const adaUser = await homeserver.registerUser(uniqueName('ada'));
  const benUser = await homeserver.registerUser(uniqueName('ben'));
  ben = await Device.signIn({
    baseUrl: homeserver.baseUrl,
    user: benUser.userId,
    password: benUser.password,
  });
  ada = await startEngine({ signIn: { homeserver, user: adaUser } });
  rooms = new CollectionProbe('rooms', ada.engine.topics.rooms);
});

afterAll(async () => {
  rooms.stop();
  ben.stop();
  await ada.stop();
  await removeProfiles();
});

describe('the list of rooms', () => {
  it('shows invitations, accepted and declined', async () => {
    const wanted = await invite({ name: 'Seminar' });
    const unwanted = await invite({ name: 'Spam' });
    expect(rooms.get(wanted)).toMatchObject({ name: 'Seminar', membership: 'invite' });
    expect(rooms.get(wanted)?.activity).toBeGreaterThan(Date.now() - 60_000);

    await ada.call('rooms.accept', { roomId: wanted });
    await ada.call('rooms.decline', { roomId: unwanted });
    await rooms.waitFor((probe) => probe.get(wanted)?.membership === 'join');
    await rooms.waitFor((probe) => probe.get(unwanted) === undefined);
    await expect(ada.call('rooms.accept', { roomId: wanted })).rejects.toMatchObject({
      code: 'not_allowed',
    });
  });

  it('counts what is unread in an encrypted room, until it is read', async () => {
    const roomId = await join({ name: 'Encrypted' });
    await ben.say(roomId, 'one');
    const last = (await ben.say(roomId, 'two')) as EventId;
    await rooms.waitFor((probe) => probe.get(roomId)?.unread === 2);
    expect(rooms.get(roomId)).toMatchObject({
      encrypted: true,
      highlights: 0,
      lastMessage: { own: false, content: { kind: 'text', body: 'two' } },
    });

    await ada.call('rooms.markRead', { roomId, eventId: last });
    await rooms.waitFor((probe) => probe.get(roomId)?.unread === 0);
    await ben.sees(roomId, (room) => room.hasUserReadEvent(ada.account!.userId, last));
  });

  it('counts a mention as a highlight', async () => {
    const roomId = await join({ name: 'Mentions' });
    await ben.client.sendMessage(roomId, {
      msgtype: 'm.text',
      body: 'Ada, please look',
      'm.mentions': { user_ids: [ada.account!.userId] },
    } as never);
    await rooms.waitFor((probe) => probe.get(roomId)?.highlights === 1);
  });

  it('knows direct chats, from the invitation on and after accepting', async () => {
    const roomId = await invite({ direct: true });
    expect(rooms.get(roomId)).toMatchObject({ direct: true, membership: 'invite' });
    await ada.call('rooms.accept', { roomId });
    await rooms.waitFor((probe) => probe.get(roomId)?.membership === 'join');
    await rooms.waitFor((probe) => probe.get(roomId)?.direct === true);
    const direct = ada.engine.session.client.getAccountData(EventType.Direct)?.getContent();
    expect(direct).toMatchObject({ [ben.userId]: [roomId] });
  });

  it('follows the activity, so that the latest room can be first', async () => {
    const first = await join({ name: 'First', encrypted: false });
    const second = await join({ name: 'Second', encrypted: false });
    await ben.say(first, 'early');
    await ben.say(second, 'later');
    await rooms.waitFor((probe) => isLast(probe.get(second), 'later'));
    expect(activity(second)).toBeGreaterThan(activity(first));
    await ben.say(first, 'latest');
    await rooms.waitFor((probe) => isLast(probe.get(first), 'latest'));
    expect(activity(first)).toBeGreaterThan(activity(second));
  });

  it('keeps markup in names as text, and follows changes of a name', async () => {
    const name = '<img src=x onerror="alert(1)"> & co';
    const roomId = await join({ name, encrypted: false });
    await rooms.waitFor((probe) => probe.get(roomId)?.name === name);
    await ben.client.setRoomName(roomId, '__proto__');
    await rooms.waitFor((probe) => probe.get(roomId)?.name === '__proto__');
  });

  it('loses a room the account was removed from', async () => {
    const roomId = await join({ name: 'Closed', encrypted: false });
    await ben.client.kick(roomId, ada.account!.userId);
    await rooms.waitFor((probe) => probe.get(roomId) === undefined);
  });

  it('is not broken by malformed account data', async () => {
    const { client } = ada.engine.session;
    const path = `/_matrix/client/v3/user/${ada.account!.userId}/account_data/m.direct`;
    const response = await fetch(client.baseUrl + path, {
      method: 'PUT',
      headers: { authorization: `Bearer ${client.getAccessToken() ?? ''}` },
      body: '{"__proto__": 5, "@ben:example.org": "room", "constructor": [1, null, {}]}',
    });
    expect(response.status).toBe(200);
    const roomId = await join({ name: 'Still fine', encrypted: false });
    expect(rooms.get(roomId)?.direct).toBe(false);
  });

  it('tells many events of a room as few changes', async () => {
    const roomId = await join({ name: 'Busy', encrypted: false });
    const before = rooms.patches.length;
    let blocked = true;
    ada.intercept(async ({ url }, onward) => {
      const response = await onward();
      if (blocked && /\/(sync|versions)$/.test(url.pathname)) throw new TypeError('terminated');
      return response;
    });
    for (let line = 1; line <= 10; line++) await ben.say(roomId, `line ${String(line)}`);
    await ada.connection.waitFor(({ state }) => state === 'reconnecting');
    blocked = false;
    ada.engine.session.client.retryImmediately();
    await rooms.waitFor((probe) => isLast(probe.get(roomId), 'line 10'));
    const told = rooms.patches
      .slice(before)
      .filter(({ upsert }) => upsert.some(({ id }) => id === roomId));
    expect(told.length).toBeLessThanOrEqual(3);
  });
});

async function invite(options: RoomOptions): Promise<RoomId> {
  const roomId = await ben.createRoom({ ...options, invite: [ada.account!.userId] });
  await rooms.waitFor((probe) => probe.get(roomId) !== undefined);
  return roomId as RoomId;
}

async function join(options: RoomOptions): Promise<RoomId> {
  const roomId = await invite(options);
  await ada.call('rooms.accept', { roomId });
  await rooms.waitFor((probe) => probe.get(roomId)?.membership === 'join');
  await ben.member(roomId, ada.account!.userId);
  return roomId;
}

function activity(roomId: RoomId): number {
  return rooms.get(roomId)?.activity ?? 0;
}

function isLast(room: RoomSummary | undefined, body: string): boolean {
  const content = room?.lastMessage?.content;
  return content?.kind === 'text' && content.body === body;
}

/** Who is invited reads what was written before, where the room shows newcomers its history. */
import { EventType, HistoryVisibility } from 'matrix-js-sdk';
import { afterEach, afterAll, describe, expect, it } from 'vitest';
import type { RoomId, UserId } from '../../../preload/model/ids';
import { cryptoOf } from '../../../main/engine/keys/olm-machine';
import { removeProfiles, startEngine, type TestEngine } from '../../support/engine/start-engine';
import { sharedHomeserver, uniqueName } from '../../support/homeserver/shared';
import { clientOf, createEncryptedRoom, readMessage, send, until } from '../keys/conversation';
import { setUpByKey } from '../keys/setup-by';

const running = new Set<TestEngine>();
afterEach(async () => {
  await Promise.all([...running].map((engine) => engine.stop()));
  running.clear();
});
afterAll(removeProfiles);

async function person(name: string): Promise<TestEngine> {
  const homeserver = await sharedHomeserver();
  const user = await homeserver.registerUser(uniqueName(name));
  const engine = await startEngine({ signIn: { homeserver, user } });
  running.add(engine);
  return engine;
}

async function roomWith(engine: TestEngine, visibility: HistoryVisibility): Promise<RoomId> {
  const client = clientOf(engine);
  const roomId = await createEncryptedRoom(client);
  const content = { history_visibility: visibility };
  await client.sendStateEvent(roomId, EventType.RoomHistoryVisibility, content, '');
  await until(client, () => client.getRoom(roomId)?.getHistoryVisibility() === visibility);
  return roomId as RoomId;
}

async function accept(engine: TestEngine, roomId: RoomId): Promise<void> {
  const client = clientOf(engine);
  await until(client, () => client.getRoom(roomId)?.getMyMembership() === 'invite');
  await engine.call('rooms.accept', { roomId });
}

const idOf = ({ account }: TestEngine): UserId => account!.userId;

describe('the history of a room', () => {
  it('comes with the invitation where the room shows it, marked as not proven', async () => {
    const [ada, bob] = [await person('ada'), await person('bob')];
    await setUpByKey(ada);
    await setUpByKey(bob);
    const roomId = await roomWith(ada, HistoryVisibility.Shared);
    const before = await send(clientOf(ada), roomId, 'before you came');
    expect(await ada.call('rooms.historyForInvited', { roomId })).toBe('all');
    expect(await ada.call('rooms.invite', { roomId, userId: idOf(bob) })).toBe('all');
    await accept(bob, roomId);
    await expect.poll(() => readMessage(bob, before), { timeout: 30_000 }).toBe(before.text);
    const adas = clientOf(ada);
    await until(adas, () => adas.getRoom(roomId)?.getJoinedMemberCount() === 2);
    await expect(ada.call('rooms.invite', { roomId, userId: idOf(bob) })).rejects.toMatchObject({
      code: 'already_in_room',
    });

    const client = clientOf(bob);
    const event = client.getEventMapper()(await client.fetchRoomEvent(roomId, before.eventId));
    await client.decryptEventIfNeeded(event);
    const info = await cryptoOf(client).getEncryptionInfoForEvent(event);
    expect(info?.shieldReason).not.toBeNull();
    expect(event.getKeyForwardingUser()).toBe(idOf(ada));
  });

  it('does not come where the room shows newcomers nothing of it', async () => {
    const [ada, bob] = [await person('ada'), await person('bob')];
    await setUpByKey(ada);
    await setUpByKey(bob);
    const roomId = await roomWith(ada, HistoryVisibility.Joined);
    await send(clientOf(ada), roomId, 'among ourselves');
    const uploads: string[] = [];
    ada.intercept((request, onward) => {
      if (request.method === 'POST' && request.url.pathname.includes('/media/')) {
        uploads.push(request.url.pathname);
      }
      return onward();
    });
    expect(await ada.call('rooms.invite', { roomId, userId: idOf(bob) })).toBe('from_joining');
    expect(uploads).toEqual([]);
  });

  it('does not come from a device that is not verified, and the engine says so', async () => {
    const [ada, bob] = [await person('ada'), await person('bob')];
    const roomId = await roomWith(ada, HistoryVisibility.Shared);
    expect(await ada.call('rooms.invite', { roomId, userId: idOf(bob) })).toBe('unverified_device');
  });
});

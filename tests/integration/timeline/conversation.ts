/** Two people in a room: Ada with the engine under test, Ben on another real device. */
import type { RoomId } from '../../../preload/model/ids';
import type { TimelineItem } from '../../../preload/model/rooms';
import {
  startEngine,
  type EngineOptions,
  type TestEngine,
} from '../../support/engine/start-engine';
import type { RegisteredUser } from '../../support/homeserver/homeserver';
import { sharedHomeserver, uniqueName } from '../../support/homeserver/shared';
import { Device, type RoomOptions } from '../../support/partner/device';
import { CollectionProbe } from './collection-probe';

export interface Conversation extends AsyncDisposable {
  readonly ada: TestEngine;
  readonly adaUser: RegisteredUser;
  readonly ben: Device;
  readonly benUser: RegisteredUser;
  readonly roomId: RoomId;
  readonly timeline: CollectionProbe<TimelineItem>;
  /** Another device of Ada's. */
  signInAgain(options?: EngineOptions): Promise<TestEngine>;
}

export async function startConversation(room: RoomOptions = {}): Promise<Conversation> {
  const homeserver = await sharedHomeserver();
  const [adaUser, benUser] = await Promise.all([
    homeserver.registerUser(uniqueName('ada')),
    homeserver.registerUser(uniqueName('ben')),
  ]);
  const { baseUrl } = homeserver;
  const ben = await Device.signIn({ baseUrl, user: benUser.userId, password: benUser.password });
  const signIn = { homeserver, user: adaUser };
  const ada = await startEngine({ signIn });
  const roomId = (await ben.createRoom({ invite: [adaUser.userId], ...room })) as RoomId;
  await joinRoom(ada, roomId);
  await ben.member(roomId, adaUser.userId);
  const timeline = watch(ada, roomId);
  return {
    ada,
    adaUser,
    ben,
    benUser,
    roomId,
    timeline,
    signInAgain: (options = {}) => startEngine({ signIn, ...options }),
    async [Symbol.asyncDispose]() {
      timeline.stop();
      ben.stop();
      await ada.stop();
    },
  };
}

/** Accepts the invitation once it is there, and waits until the room is in the list as joined. */
export async function joinRoom(ada: TestEngine, roomId: RoomId): Promise<void> {
  const rooms = new CollectionProbe('rooms', ada.engine.topics.rooms);
  await rooms.waitFor((probe) => probe.get(roomId)?.membership === 'invite');
  await ada.call('rooms.accept', { roomId });
  await rooms.waitFor((probe) => probe.get(roomId)?.membership === 'join');
  rooms.stop();
}

export function watch(engine: TestEngine, roomId: RoomId): CollectionProbe<TimelineItem> {
  const { timelines } = engine.engine.session;
  return new CollectionProbe('timeline', timelines.items(roomId));
}

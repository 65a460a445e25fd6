import type { TimelineItem } from '../../../preload/model/rooms';
import { overSessions } from '../../../main/engine/session/over-sessions';
import type { RoomId } from '../../../preload/model/ids';
import {
  startEngine,
  type EngineProfile,
  type TestEngine,
} from '../../support/engine/start-engine';
import { sharedHomeserver, uniqueName } from '../../support/homeserver/shared';
import { Device } from '../../support/partner/device';
import { CollectionProbe } from '../timeline/collection-probe';
import { joinRoom } from '../timeline/conversation';
import { bodies } from '../timeline/content';
import { SyncLog } from './sync-log';

export interface Watched extends AsyncDisposable {
  readonly ada: TestEngine;
  readonly ben: Device;
  readonly roomId: RoomId;
  readonly timeline: CollectionProbe<TimelineItem>;
  readonly log: SyncLog;
}

/** Ada with an engine whose requests are logged, and Ben, in an encrypted room both have read. */
export async function startWatched(profile?: EngineProfile): Promise<Watched> {
  const homeserver = await sharedHomeserver();
  const [user, benUser] = await Promise.all([
    homeserver.registerUser(uniqueName('ada')),
    homeserver.registerUser(uniqueName('ben')),
  ]);
  const { baseUrl } = homeserver;
  const ben = await Device.signIn({ baseUrl, user: benUser.userId, password: benUser.password });
  const log = new SyncLog();
  const ada = await startEngine({
    signIn: { homeserver, user },
    intercept: log.intercept,
    ...(profile === undefined ? {} : { profile }),
  });
  const roomId = (await ben.createRoom({ invite: [user.userId] })) as RoomId;
  await joinRoom(ada, roomId);
  await ben.member(roomId, user.userId);
  const timeline = watchRoom(ada, roomId);
  await ben.say(roomId, 'before');
  await readable(timeline, 'before');
  return {
    ada,
    ben,
    roomId,
    timeline,
    log,
    async [Symbol.asyncDispose]() {
      timeline.stop();
      ben.stop();
      await ada.stop();
    },
  };
}

/** As a window watches a room: over the sessions of the engine. */
export function watchRoom(ada: TestEngine, roomId: RoomId): CollectionProbe<TimelineItem> {
  return new CollectionProbe(
    'timeline',
    overSessions(ada.engine, ({ timelines }) => timelines.items(roomId)),
  );
}

/** With a key of its own, which has to be stored to read it. */
export async function sayWithFreshKey(ben: Device, roomId: RoomId, body: string): Promise<void> {
  await ben.client.getCrypto()?.forceDiscardSession(roomId);
  await ben.say(roomId, body);
}

/** Waits until a message can be read. */
export async function readable(
  timeline: CollectionProbe<TimelineItem>,
  ...expected: readonly string[]
): Promise<void> {
  await timeline.waitFor(({ items }) => expected.every((body) => bodies(items).includes(body)));
}

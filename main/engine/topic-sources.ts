import type { TopicSources, TopicsOf } from '../topics/topic-sources';
import type { Engine } from './engine';
import { overSessions } from './session/over-sessions';

/** The engine's share of the topics. */
export function engineTopicSources(engine: Engine): TopicSources<TopicsOf<'engine'>> {
  const { topics } = engine;
  return {
    storage: () => topics.storage,
    connection: () => topics.connection,
    keys: () => topics.keys,
    devices: () => topics.devices,
    deviceStatus: () => topics.deviceStatus,
    verifiedOnly: () => topics.verifiedOnly,
    drill: () => topics.drill,
    setup: () => topics.setup,
    restore: () => topics.restore,
    endedSession: () => topics.endedSession,
    carryOver: () => topics.carryOver,
    keyChange: () => topics.keyChange,
    interactiveAuth: () => topics.interactiveAuth,
    verification: () => topics.verification,
    rooms: () => topics.rooms,
    timeline: ({ roomId }) => overSessions(engine, ({ timelines }) => timelines.items(roomId)),
    timelineStatus: ({ roomId }) =>
      overSessions(engine, ({ timelines }) => timelines.status(roomId)),
    roomPeople: ({ roomId }) => overSessions(engine, ({ rooms }) => rooms.people(roomId)),
    roomTrust: ({ roomId }) => overSessions(engine, ({ people }) => people.roomTrust(roomId)),
  };
}

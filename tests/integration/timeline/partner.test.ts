import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RoomId } from '../../../preload/model/ids';
import type { TimelineItem } from '../../../preload/model/rooms';
import { removeProfiles, startEngine, type TestEngine } from '../../support/engine/start-engine';
import { sharedHomeserver, uniqueName } from '../../support/homeserver/shared';
import { seedAndAnswer, type Partner, type PartnerEvent } from '../../support/partner/partner';
import { TopicProbe } from '../../support/engine/topic-probe';
import { CollectionProbe } from './collection-probe';
import { isStillDecrypting, says } from './content';

const events: PartnerEvent[] = [];
let partner: Partner;
let app: TestEngine;

beforeAll(async () => {
  const homeserver = await sharedHomeserver();
  const user = await homeserver.registerUser(uniqueName('alex'));
  const clara = await homeserver.registerUser(uniqueName('clara'));
  const jonas = await homeserver.registerUser(uniqueName('jonas'));
  partner = await seedAndAnswer({
    baseUrl: homeserver.baseUrl,
    user: { user: user.userId, password: user.password },
    partners: [
      { user: clara.userId, password: clara.password, displayName: 'Dr. Clara Weidner' },
      { user: jonas.userId, password: jonas.password, displayName: 'Jonas Petersen' },
    ],
    minutes: 60,
    onEvent: (event) => events.push(event),
  });
  app = await startEngine({ signIn: { homeserver, user } });
});

afterAll(async () => {
  await partner.stop();
  await app.stop();
  await removeProfiles();
});

describe("the demo's partner", () => {
  it('has rooms, a direct chat and an invitation ready on the first sign-in', async () => {
    const rooms = new CollectionProbe('rooms', app.engine.topics.rooms);
    await rooms.waitFor(({ items }) => items.length === 4);
    await rooms.waitFor(({ items }) => items.some(({ direct }) => direct));

    const names = rooms.items.map(({ name, membership }) => [name, membership]).sort();
    expect(names).toEqual([
      ['Dr. Clara Weidner', 'join'],
      ['Institute coffee', 'join'],
      ['Reading group: Noether 1918', 'invite'],
      ['Seminar Quantum Field Theory', 'join'],
    ]);
    expect(rooms.get(partner.rooms.direct)).toMatchObject({ direct: true, encrypted: true });
  });

  it('tells the history to the first device, and leaves unreadable what came before', async () => {
    await partner.historySent;
    const roomId = partner.rooms.seminar as RoomId;
    const timeline = new CollectionProbe<TimelineItem>(
      'timeline',
      app.engine.session.timelines.items(roomId),
    );
    await timeline.waitFor(({ items }) => items.some(says('I do. Until Thursday!')));
    const status = new TopicProbe('status', app.engine.session.timelines.status(roomId));
    while (!status.value.reachedStart) await app.call('timeline.loadOlder', { roomId });

    // What was paged in is decrypted after it is shown.
    await timeline.waitFor(({ items }) => !items.some(isStillDecrypting));
    const early = timeline.ordered.filter(({ content }) => content.kind === 'undecryptable');
    expect(early.map(({ content }) => content)).toEqual(
      Array.from({ length: 3 }, () => ({ kind: 'undecryptable', reason: 'backup_not_set_up' })),
    );
    const bodies = timeline.ordered.flatMap(({ content }) =>
      content.kind === 'text' ? [content.body] : [],
    );
    expect(bodies).toHaveLength(75);
    expect(bodies[0]).toContain('item 1:');
    expect(bodies[59]).toContain('item 60:');
    expect(timeline.ordered[0]?.content).toEqual({ kind: 'room_created' });
  });

  it('answers what is said to it, encrypted', async () => {
    const roomId = partner.rooms.direct as RoomId;
    await partner.historySent;
    const timeline = new CollectionProbe<TimelineItem>(
      'timeline',
      app.engine.session.timelines.items(roomId),
    );
    await app.call('timeline.send', { roomId, body: 'Guten Morgen, passt Freitag auch?' });
    const answer = says('Hallo! Schön, von Ihnen zu lesen.');
    await timeline.waitFor(({ items }) =>
      items.some((item) => answer(item) && !item.own && item.shield === 'encrypted'),
    );
  });
});

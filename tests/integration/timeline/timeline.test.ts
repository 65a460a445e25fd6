import { afterAll, beforeAll, describe, it } from 'vitest';
import type { RoomId } from '../../../preload/model/ids';
import type { TimelineItem } from '../../../preload/model/rooms';
import { removeProfiles, startEngine, type TestEngine } from '../../support/engine/start-engine';
import { sharedHomeserver, uniqueName } from '../../support/homeserver/shared';
import { Device } from '../../support/partner/device';
import { CollectionProbe } from './collection-probe';

let ada: TestEngine;
let ben: Device;

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
});

afterAll(async () => {
  await ada.stop();
  ben.stop();
  await removeProfiles();
});

describe('a timeline', () => {
  it('shows an encrypted conversation in both directions', async () => {
    const userId = ada.account!.userId;
    const roomId = (await ben.createRoom({ name: 'Seminar', invite: [userId] })) as RoomId;
    const rooms = new CollectionProbe('rooms', ada.engine.topics.rooms);
    await rooms.waitFor(({ items }) =>
      items.some(({ id, membership }) => id === roomId && membership === 'invite'),
    );
    await ada.call('rooms.accept', { roomId });
    await rooms.waitFor(({ items }) =>
      items.some(({ id, membership }) => id === roomId && membership === 'join'),
    );
    await ben.member(roomId, userId);
    await ben.say(roomId, 'Guten Morgen');
    const timeline = new CollectionProbe<TimelineItem>(
      'timeline',
      ada.engine.session.timelines.items(roomId),
    );
    await timeline.waitFor(({ items }) =>
      items.some(({ content }) => content.kind === 'text' && content.body === 'Guten Morgen'),
    );
    await ada.call('timeline.send', { roomId, body: 'Hello Ben' });
    await timeline.waitFor(({ items }) =>
      items.some(
        ({ content, delivery }) =>
          content.kind === 'text' && content.body === 'Hello Ben' && delivery === 'sent',
      ),
    );
    await ben.hears(roomId, 'Hello Ben');
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RoomId } from '../../../preload/model/ids';
import { removeProfiles } from '../../support/engine/start-engine';
import { TopicProbe } from '../../support/engine/topic-probe';
import { says, bodies } from './content';
import { joinRoom, startConversation, watch, type Conversation } from './conversation';

let talk: Conversation;

beforeAll(async () => {
  talk = await startConversation({ name: 'Seminar' });
});

afterAll(async () => {
  await talk[Symbol.asyncDispose]();
  await removeProfiles();
});

describe('a timeline', () => {
  it('shows an encrypted conversation in both directions', async () => {
    const { ada, ben, roomId, timeline } = talk;
    await ben.say(roomId, 'Guten Morgen');
    await timeline.waitFor(({ items }) => items.some(says('Guten Morgen')));
    await ada.call('timeline.send', { roomId, body: 'Hello Ben' });
    await timeline.waitFor(({ items }) =>
      items.some((item) => says('Hello Ben')(item) && item.delivery === 'sent'),
    );
    await ben.hears(roomId, 'Hello Ben');

    const kinds = timeline.ordered.map(({ content }) => content.kind);
    expect(kinds).toEqual([
      'room_created',
      'joined',
      'encryption_enabled',
      'room_named',
      'invited',
      'joined',
      'text',
      'text',
    ]);
  });

  it('keeps the id of an own message from its local echo on', async () => {
    const { ada, roomId, timeline } = talk;
    const before = timeline.patches.length;
    await ada.call('timeline.send', { roomId, body: 'Same id throughout' });
    const said = says('Same id throughout');
    await timeline.waitFor(({ items }) =>
      items.some((item) => said(item) && item.delivery === 'sent' && item.shield === 'encrypted'),
    );

    const states = timeline.patches.slice(before).flatMap(({ upsert }) => upsert.filter(said));
    expect(new Set(states.map(({ id }) => id)).size).toBe(1);
    expect(states[0]).toMatchObject({ delivery: 'sending', eventId: null });
    expect(states.at(-1)?.eventId).toMatch(/^\$/);
    expect(timeline.patches.slice(before).flatMap(({ remove }) => remove)).toEqual([]);
  });

  it('says of each message what is known of its encryption', async () => {
    const { ben, roomId, timeline } = talk;
    await ben.say(roomId, 'From an unsigned device');
    await timeline.waitFor(({ items }) =>
      items.some((item) => says('From an unsigned device')(item) && item.shield !== 'none'),
    );
    expect(timeline.items.find(says('From an unsigned device'))?.shield).toBe('unverified_sender');

    const clear = await sendUnencrypted(talk, { msgtype: 'm.text', body: 'In the clear' });
    await timeline.waitFor((probe) => probe.get(clear) !== undefined);
    expect(timeline.get(clear)?.shield).toBe('not_encrypted');
  });

  it('shows an edit as the edited text, and leaves a mark where a message was redacted', async () => {
    const { ben, roomId, timeline } = talk;
    const eventId = await ben.say(roomId, 'See you at tree');
    await timeline.waitFor(({ items }) => items.some(says('See you at tree')));
    await ben.client.sendMessage(roomId, {
      msgtype: 'm.text',
      body: '* See you at three',
      'm.new_content': { msgtype: 'm.text', body: 'See you at three' },
      'm.relates_to': { rel_type: 'm.replace', event_id: eventId },
    } as never);
    await timeline.waitFor((probe) => {
      const item = probe.get(eventId);
      return item !== undefined && says('See you at three')(item);
    });
    expect(bodies(timeline.items)).not.toContain('* See you at three');

    await ben.client.redactEvent(roomId, eventId);
    await timeline.waitFor((probe) => probe.get(eventId)?.content.kind === 'redacted');
  });

  it('tells why a message can not be read, and shows it once its key has come', async () => {
    const { ada, ben, roomId } = talk;
    await ben.say(roomId, 'Only for the first device');
    await talk.timeline.waitFor(({ items }) => items.some(says('Only for the first device')));

    await using second = await talk.signInAgain();
    const timeline = watch(second, roomId);
    await timeline.waitFor(({ items }) =>
      items.some(
        ({ content }) => content.kind === 'undecryptable' && content.reason === 'backup_not_set_up',
      ),
    );
    const keys = await ada.engine.session.client.getCrypto()!.exportRoomKeysAsJson();
    await second.engine.session.client.getCrypto()!.importRoomKeysAsJson(keys);
    await timeline.waitFor(({ items }) => items.some(says('Only for the first device')));
  });

  it('tells another reason once there is a key backup', async () => {
    const { ada, ben, roomId } = talk;
    await ben.say(roomId, 'Goes into the backup');
    await talk.timeline.waitFor(({ items }) => items.some(says('Goes into the backup')));
    await using second = await talk.signInAgain();
    const timeline = watch(second, roomId);
    const undecryptable = (reason: string): boolean =>
      timeline.items.some(
        ({ content }) => content.kind === 'undecryptable' && content.reason === reason,
      );
    await timeline.waitFor(() => undecryptable('backup_not_set_up'));

    const first = ada.engine.session.client.getCrypto()!;
    await first.resetKeyBackup();
    const version = (await first.getActiveSessionBackupVersion())!;
    const key = (await first.getSessionBackupPrivateKey())!;
    const crypto = second.engine.session.client.getCrypto()!;
    await crypto.checkKeyBackupAndEnable();
    await crypto.storeSessionBackupPrivateKey(key, version);
    await timeline.waitFor(() => !undecryptable('backup_not_set_up'));
  });

  it('tells a key withheld from unverified devices from a missing one', async () => {
    const { ben, timeline } = talk;
    const crypto = ben.client.getCrypto()!;
    crypto.globalBlacklistUnverifiedDevices = true;
    const eventId = await ben.say(talk.roomId, 'Not for unverified devices');
    await timeline.waitFor((probe) => {
      const content = probe.get(eventId)?.content;
      return content?.kind === 'undecryptable' && content.reason === 'withheld_unverified';
    });
    crypto.globalBlacklistUnverifiedDevices = false;
  });

  it('tells messages from before joining apart', async () => {
    const { ada, adaUser, ben } = talk;
    const roomId = (await ben.createRoom({ name: 'Before' })) as RoomId;
    const eventId = await ben.say(roomId, 'Before Ada came');
    await ben.client.invite(roomId, adaUser.userId);
    await joinRoom(ada, roomId);
    const timeline = watch(ada, roomId);
    await timeline.waitFor((probe) => {
      const content = probe.get(eventId)?.content;
      return content?.kind === 'undecryptable' && content.reason === 'sent_before_joining';
    });
    timeline.stop();
  });

  it('lets go of what nobody watches, and starts over for the next one', async () => {
    const { ada, roomId } = talk;
    const { timelines } = ada.engine.session;
    talk.timeline.stop();
    const status = new TopicProbe('status', timelines.status(roomId));
    await status.waitFor(({ reachedStart }) => reachedStart);
    status.stop();

    const again = watch(ada, roomId);
    await again.waitFor(({ items }) => items.some(says('Hello Ben')));
    expect(again.patches[0]?.reset).toBe(true);
    again.stop();
  });
});

/** The id of an event sent into an encrypted room without encryption, as a bad client would. */
async function sendUnencrypted({ ben, roomId }: Conversation, content: object): Promise<string> {
  const { client } = ben;
  const path = `/_matrix/client/v3/rooms/${encodeURIComponent(roomId)}/send/m.room.message/clear`;
  const response = await fetch(client.baseUrl + path, {
    method: 'PUT',
    headers: { authorization: `Bearer ${client.getAccessToken() ?? ''}` },
    body: JSON.stringify(content),
  });
  const { event_id: eventId } = (await response.json()) as { event_id: string };
  return eventId;
}

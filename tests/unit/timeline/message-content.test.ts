import fc from 'fast-check';
import { MatrixEvent } from 'matrix-js-sdk';
import { describe, expect, it } from 'vitest';
import type { UserId } from '../../../preload/model/ids';
import { messageContent } from '../../../main/engine/timeline/message-content';
import { stateChange } from '../../../main/engine/timeline/state-change';
import { timelineItem } from '../../../main/engine/timeline/timeline-item';

const me = '@ada:example.org' as UserId;

function event(type: string, content: unknown, more: object = {}): MatrixEvent {
  return new MatrixEvent({
    event_id: '$event',
    room_id: '!room:example.org',
    sender: '@ben:example.org',
    origin_server_ts: 1,
    type,
    content: content as Record<string, unknown>,
    ...more,
  });
}

describe('what an event says', () => {
  it.each<[string, string, object, unknown]>([
    ['text', 'm.room.message', { msgtype: 'm.text', body: 'a' }, { kind: 'text', body: 'a' }],
    ['emote', 'm.room.message', { msgtype: 'm.emote', body: 'a' }, { kind: 'emote', body: 'a' }],
    ['notice', 'm.room.message', { msgtype: 'm.notice', body: 'a' }, { kind: 'notice', body: 'a' }],
    [
      'a file, by its name and not its caption',
      'm.room.message',
      { msgtype: 'm.file', body: 'see page 3', filename: 'thesis.pdf' },
      { kind: 'attachment', media: 'file', name: 'thesis.pdf' },
    ],
    [
      'a kind of message nobody knows, by its body',
      'm.room.message',
      { msgtype: 'org.example.quiz', body: 'What is 6 x 9?' },
      { kind: 'text', body: 'What is 6 x 9?' },
    ],
    ['a sticker', 'm.sticker', { body: 'hi' }, { kind: 'attachment', media: 'image', name: 'hi' }],
    ['another event', 'org.example', {}, { kind: 'unsupported', type: 'org.example' }],
    ['a reaction', 'm.reaction', {}, null],
    ['a redaction', 'm.room.redaction', {}, null],
    ['a verification', 'm.key.verification.start', {}, null],
    [
      'a broken message',
      'm.room.message',
      { body: 3 },
      { kind: 'unsupported', type: 'm.room.message' },
    ],
  ])('is told: %s', (_what, type, content, expected) => {
    expect(messageContent(event(type, content))).toEqual(expected);
  });

  it('is never markup, but the text of it', () => {
    const html = {
      msgtype: 'm.text',
      body: '<b>a</b>',
      format: 'org.matrix.custom.html',
      formatted_body: '<script>alert(1)</script>',
    };
    expect(messageContent(event('m.room.message', html))).toEqual({
      kind: 'text',
      body: '<b>a</b>',
    });
  });

  it('never throws and is always one of the known shapes, whatever is in the event', () => {
    const types = fc.constantFrom(
      'm.room.message',
      'm.room.encrypted',
      'm.sticker',
      'm.room.member',
      'm.room.name',
      '__proto__',
      'constructor',
    );
    const key = fc.constantFrom('body', 'msgtype', 'filename', 'membership', 'name', '__proto__');
    fc.assert(
      fc.property(
        types,
        fc.dictionary(key, fc.jsonValue()),
        fc.option(fc.constantFrom('', '@ben:example.org', '__proto__'), { nil: undefined }),
        (type, content, stateKey) => {
          const state = stateKey === undefined ? {} : { state_key: stateKey };
          const item = timelineItem(event(type, content, state), me, 'none');
          expect(item === null || typeof item.content.kind === 'string').toBe(true);
        },
      ),
    );
  });
});

describe('a change of the room', () => {
  const member = (content: object, before: object | null, sender = '@ben:example.org'): unknown =>
    stateChange(
      event('m.room.member', content, {
        state_key: '@ben:example.org',
        sender,
        unsigned: before === null ? {} : { prev_content: before },
      }),
    );

  it.each<[string, object, object | null, string | undefined, unknown]>([
    ['joining', { membership: 'join', displayname: 'Ben' }, null, undefined, 'joined'],
    [
      'a new name',
      { membership: 'join', displayname: 'B' },
      { membership: 'join' },
      undefined,
      null,
    ],
    ['leaving', { membership: 'leave' }, { membership: 'join' }, undefined, 'left'],
    ['declining', { membership: 'leave' }, { membership: 'invite' }, undefined, 'left'],
    ['being removed', { membership: 'leave' }, { membership: 'join' }, '@eve:x', 'removed'],
    ['being banned', { membership: 'ban' }, { membership: 'join' }, '@eve:x', 'banned'],
    ['an invitation', { membership: 'invite' }, null, '@eve:x', 'invited'],
    ['the end of a ban', { membership: 'leave' }, { membership: 'ban' }, '@eve:x', null],
    ['nonsense', { membership: 7 }, null, undefined, null],
  ])('is told: %s', (_what, content, before, sender, kind) => {
    const change = member(content, before, sender);
    expect(change === null ? null : (change as { kind: string }).kind).toBe(kind);
  });
});

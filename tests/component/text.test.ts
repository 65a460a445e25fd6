import { describe, expect, test } from 'vitest';
import { matching } from '../../renderer/features/rooms/filter';
import { isJumbo, partsOf } from '../../renderer/features/timeline/links';
import { firstUnread, rowsOf } from '../../renderer/features/timeline/rows';
import { avatarHue, initials } from '../../renderer/ui/avatar';
import { message, own, room } from './fixtures';

describe('addresses in a message', () => {
  const links = (body: string): string[] =>
    partsOf(body).flatMap((part) => (part.kind === 'link' ? [part.url] : []));

  test('are found without the punctuation around them', () => {
    expect(links('See https://a.example/x, or (https://b.example/y_(z)).')).toEqual([
      'https://a.example/x',
      'https://b.example/y_(z)',
    ]);
  });

  test('are https alone: no other scheme becomes a link', () => {
    expect(links('javascript:alert(1) http://a.example file:///etc smb://b matrix:u/c')).toEqual(
      [],
    );
  });

  test('leave every other character of the text as it was', () => {
    const body = '<b>x</b> https://a.example/?q=1&r=2 "end"\n';
    expect(
      partsOf(body)
        .map((part) => part.text)
        .join(''),
    ).toBe(body);
  });
});

test('only a message of nothing but a few pictographs is shown larger', () => {
  expect(['🎉', '👩‍🔬 👍🏽', '🇩🇪'].map(isJumbo)).toEqual([true, true, true]);
  expect(['12', 'ok 🎉', '', '🎉🎉🎉🎉'].map(isJumbo)).toEqual([false, false, false, false]);
});

describe('the rows of a timeline', () => {
  const noon = new Date(2026, 10, 23, 12).getTime();

  test('group what one person wrote within minutes', () => {
    const rows = rowsOf(
      [
        message('one', { sentAt: noon }),
        message('two', { sentAt: noon + 60_000 }),
        own('three', { sentAt: noon + 120_000 }),
        message('four', { sentAt: noon + 20 * 60_000 }),
        message('five', { sentAt: noon + 40 * 60_000 }),
      ],
      false,
      null,
    );
    expect(rows.map((row) => row.kind === 'message' && [row.first, row.last])).toEqual([
      [true, false],
      [false, true],
      [true, true],
      [true, true],
      [true, true],
    ]);
  });

  test('name a day where it begins, and the beginning once it is reached', () => {
    const items = [
      message('one', { sentAt: noon - 86_400_000 }),
      message('two', { sentAt: noon }),
      message('three', { sentAt: noon + 1 }),
    ];
    expect(rowsOf(items, true, null).map(({ start, day }) => [start, day !== null])).toEqual([
      [true, true],
      [false, true],
      [false, false],
    ]);
    expect(rowsOf(items, false, null)[0]?.start).toBe(false);
  });

  test('are as many as the items, so that positions survive what is put before them', () => {
    const items = [message('one'), own('two'), message('', { content: { kind: 'room_created' } })];
    expect(rowsOf(items, true, items[1]?.id ?? null)).toHaveLength(items.length);
  });

  test('mark the first unread message of others', () => {
    const items = [message('read'), message('unread'), own('mine'), message('unread too')];
    expect(firstUnread(items, 2)).toBe(items[1]?.id);
    expect(firstUnread(items, 0)).toBeNull();
    expect(firstUnread(items, 9)).toBeNull();
  });
});

test('rooms are found by all their words, blind to case and accents', () => {
  const rooms = [room('Küstenökologie Gruppe'), room('Thesis committee')];
  expect(matching(rooms, 'gruppe kusten').map(({ name }) => name)).toEqual([
    'Küstenökologie Gruppe',
  ]);
  expect(matching(rooms, ' ')).toHaveLength(2);
  expect(matching(rooms, 'nothing')).toEqual([]);
});

describe('avatars', () => {
  test('show the initials of first and last name, whatever the script', () => {
    expect(
      ['Mira Petersen', 'mira', '李 明', '(guest) Ann-Marie', '?!', '@jonas'].map(initials),
    ).toEqual(['MP', 'M', '李明', 'GM', '#', 'J']);
  });

  test('keep their colour', () => {
    expect(avatarHue('@mira:a.example')).toBe(avatarHue('@mira:a.example'));
  });
});

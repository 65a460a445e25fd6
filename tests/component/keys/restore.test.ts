import { fireEvent, screen, waitFor } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import type { RoomId } from '../../../preload/model/ids';
import { encodeRecoveryKey } from '../../../preload/rules/recovery-key';
import { keyEntryOf, keyIn, mistakeIn } from '../../../renderer/features/recovery/key-entry';
import Restore from '../../../renderer/features/recovery/Restore.svelte';
import { failure } from '../fake-transport';
import { room } from '../fixtures';
import { services, show, type Shown } from '../show';
import { keyTransport } from './key-scenes';
import { errors, heading, keys, noteOf, press, type, words } from './person';

const validKey = encodeRecoveryKey(new Uint8Array(32).fill(7));
const label = keys.restore.entry;

function restore(phraseKnown = true): Shown {
  const fake = keyTransport({ keys: { state: 'needs_restore', phraseKnown } });
  const shown = services(fake);
  shown.deps.flows.open('restore');
  return show(Restore, {}, shown);
}

describe('what is typed', () => {
  test.each([
    ['with spaces', validKey],
    ['without spaces', validKey.replaceAll(' ', '')],
    [
      'with line breaks, tabs and no-break spaces',
      validKey.replace(' ', '\n').replace(' ', '\t\u00A0'),
    ],
    ['with a byte order mark', `\uFEFF${validKey}`],
    ['within a saved file', `HOLDFAST RECOVERY KEY\n\n1  2  3\n${validKey}\n\nAccount  @a:b.org\n`],
  ])('is a complete key %s', (_, text) => {
    expect(keyIn(text)).toBe(validKey);
  });

  test.each(['correct horse battery staple', 'Esel mag Heu und Hafer', 'Essen um acht', 'Es'])(
    'is a phrase: %s',
    (text) => {
      expect(keyEntryOf(text).kind).toBe('phrase');
      expect(mistakeIn(text)).toBeNull();
    },
  );

  test('counts on while a key is typed, and points at impossible characters', () => {
    expect(keyEntryOf(validKey.slice(0, 20))).toMatchObject({
      kind: 'key',
      verdict: { kind: 'typing', entered: 16 },
    });
    const groups = validKey.split(' ');
    const wrong = groups.with(2, '0OIl').join(' ');
    expect(keyEntryOf(wrong)).toMatchObject({ verdict: { kind: 'impossible', groups: [3] } });
    expect(mistakeIn(wrong)).toMatchObject({ code: 'key_mistyped', data: { groups: [3] } });
  });

  test('notices a typing mistake by the parity, and a missing group', () => {
    const groups = validKey.split(' ');
    const swapped = groups.with(4, groups[4] === 'abcd' ? 'abce' : 'abcd').join(' ');
    expect(mistakeIn(swapped)?.code).toBe('key_mistyped');
    expect(mistakeIn(groups.slice(0, 11).join(' '))?.code).toBe('key_incomplete');
  });
});

describe('unlocking', () => {
  test('sends what was entered once, and clears the field', async () => {
    const shown = restore();
    shown.fake.answer({ 'restore.begin': () => undefined });
    await type(label, 'correct horse battery staple');
    await press(keys.restore.submit);
    await waitFor(() =>
      expect(shown.fake.callsOf('restore.begin')).toEqual([
        { secret: 'correct horse battery staple' },
      ]),
    );
    await waitFor(() => expect(screen.getByLabelText<HTMLInputElement>(label).value).toBe(''));
  });

  test.each([
    'offline',
    'timeout',
    'server_error',
    'rate_limited',
    'cancelled',
    'internal',
    'key_wrong',
  ] as const)('keeps what was typed after %s', async (code) => {
    const shown = restore();
    shown.fake.answer({
      'restore.begin': () => {
        throw failure(code);
      },
    });
    await type(label, validKey);
    await press(keys.restore.submit);
    await waitFor(() => expect(shown.fake.callsOf('restore.begin')).toHaveLength(1));
    if (code !== 'cancelled') await screen.findByText(errors[code]({}, words), { exact: false });
    expect(screen.getByLabelText<HTMLInputElement>(label).value).toBe(validKey);
    await press(keys.restore.submit);
    await waitFor(() =>
      expect(shown.fake.callsOf('restore.begin')).toEqual([
        { secret: validKey },
        { secret: validKey },
      ]),
    );
  });

  test.each([
    [true, keys.restore.entry, keys.restore.empty],
    [false, keys.restore.entryKeyOnly, keys.restore.emptyKeyOnly],
  ])(
    'asks for what there is, phrase %s, and drops the failure before',
    async (phrase, at, text) => {
      const shown = restore(phrase);
      shown.fake.answer({
        'restore.beginByFile': () => {
          throw failure('offline');
        },
      });
      await press(keys.restore.choose);
      await screen.findByText(errors.offline({}, words));
      await press(keys.restore.submit);
      await waitFor(() => expect(noteOf(at)).toBe(text));
      expect(screen.queryByText(errors.offline({}, words))).toBeNull();
    },
  );

  test('calls no group right while one of them, which can’t be told, is mistyped', async () => {
    const groups = (): string | undefined =>
      document.querySelector('ol')?.className.match(/complete|mistyped/u)?.[0];
    restore();
    await type(label, `${validKey.slice(0, -1)}${validKey.endsWith('a') ? 'b' : 'a'}`);
    expect(groups()).toBe('mistyped');
    const field = screen.getByLabelText<HTMLInputElement>(label);
    field.scrollLeft = 80;
    await fireEvent.blur(field);
    expect(field.scrollLeft, 'its beginning is in sight').toBe(0);
    await type(label, validKey);
    expect(groups()).toBe('complete');
  });

  test('corrects a mistyped key before anything is sent', async () => {
    const shown = restore();
    const mistyped = validKey.split(' ').with(2, '0OIl').join(' ');
    await type(label, mistyped);
    await press(keys.restore.submit);
    expect(noteOf(label)).toBe(errors.key_mistyped({ groups: [3] }, words));
    expect(screen.getByLabelText<HTMLInputElement>(label).value).toBe(mistyped);
    expect(shown.fake.callsOf('restore.begin')).toEqual([]);
  });

  test('shows a key while it is typed, and hides a phrase', async () => {
    restore();
    const field = screen.getByLabelText<HTMLInputElement>(label);
    await type(label, 'correct horse');
    expect(field.type).toBe('password');
    await type(label, validKey);
    expect(field.type).toBe('text');
    await screen.findByText(keys.restore.keyComplete);
  });

  test.each(['phrase_wrong', 'key_wrong', 'key_not_found'] as const)(
    'says %s at the field',
    async (code) => {
      const shown = restore();
      shown.fake.answer({
        'restore.begin': () => {
          throw failure(code);
        },
      });
      await type(label, 'something');
      await press(keys.restore.submit);
      await waitFor(() => expect(noteOf(label)).toBe(errors[code]({}, words)));
    },
  );

  test.each(['backup_missing', 'backup_key_mismatch', 'key_unverifiable', 'offline'] as const)(
    'says %s for all to see',
    async (code) => {
      const shown = restore();
      shown.fake.answer({
        'restore.beginByFile': () => {
          throw failure(code);
        },
      });
      await press(keys.restore.choose);
      expect((await screen.findAllByRole('alert'))[0]?.textContent).toContain(
        errors[code]({}, words),
      );
    },
  );

  test.each([true, false])('says that it switches the backup on: %s', async (switchedOff) => {
    show(Restore, {}, services(keyTransport({ keys: { switchedOff } })));
    await heading(keys.restore.title);
    expect(screen.queryByText(keys.restore.switchesOn) !== null).toBe(switchedOff);
  });

  test('takes what a dropped file holds, but no large one', async () => {
    const shown = restore();
    shown.fake.answer({ 'restore.beginByDrop': () => undefined });
    const place = screen.getByRole('group', { name: keys.restore.choose });
    const large = new File([new Uint8Array(21_000_000)], 'film.mkv');
    await fireEvent.drop(place, { dataTransfer: { files: [large] } });
    await screen.findByText(keys.restore.dropTooLarge);
    const photo = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 7]);
    await fireEvent.drop(place, { dataTransfer: { files: [new File([photo], 'sheet.jpg')] } });
    await waitFor(() =>
      expect(shown.fake.callsOf('restore.beginByDrop')).toEqual([{ bytes: photo }]),
    );
  });
});

describe('while keys are restored', () => {
  test('shows how far it is and how long it takes, and goes on in the background', async () => {
    const shown = restore();
    shown.fake.publish('restore', {
      step: 'restoring',
      done: 1_520,
      total: 4_312,
      timeLeftMs: 42_000,
    });
    await heading(keys.restore.restoringTitle);
    screen.getByText('1,520 of 4,312');
    screen.getByText(/42 seconds/u);
    await press(keys.restore.background);
    expect(shown.deps.flows.current).toBe('none');
  });

  test('can be paused, and goes on when told to', async () => {
    const shown = restore();
    shown.fake.answer({ 'restore.pause': () => undefined, 'restore.resume': () => undefined });
    shown.fake.publish('restore', { step: 'restoring', done: 5, total: 20, timeLeftMs: null });
    await press(keys.restore.pause);
    expect(shown.fake.callsOf('restore.pause')).toHaveLength(1);
    shown.fake.publish('restore', { step: 'paused', done: 5, total: 20 });
    await heading(keys.restore.pausedTitle);
    screen.getByText('5 of 20');
    await press(keys.restore.goOn);
    expect(shown.fake.callsOf('restore.resume')).toHaveLength(1);
  });

  test('tells at the end how many keys could not be read, and in which rooms', async () => {
    const shown = restore();
    const known = room('Benthic ecology group', {});
    shown.fake.publish('rooms', { reset: true, upsert: [known], remove: [] });
    shown.fake.answer({ 'restore.dismiss': () => undefined });
    shown.fake.publish('restore', {
      step: 'done',
      imported: 4_309,
      total: 4_312,
      failed: 3,
      failedRooms: [
        { roomId: '!left:example.org' as RoomId, keys: 1 },
        { roomId: known.id, keys: 2 },
      ],
    });
    await heading(keys.restore.gapsTitle);
    screen.getByText(keys.restore.failedTitle(3));
    expect(screen.getAllByRole('listitem').map((item) => item.textContent)).toEqual(
      expect.arrayContaining(['Benthic ecology group: 2 keys', 'A room you have left: one key']),
    );
    await press(keys.restore.finish);
    await waitFor(() => expect(shown.deps.flows.current).toBe('none'));
    expect(shown.fake.callsOf('restore.dismiss')).toHaveLength(1);
  });

  test('names of many rooms those with most keys, and all on request', async () => {
    const shown = restore();
    const failedRooms = Array.from({ length: 40 }, (_, index) => ({
      roomId: `!left-${String(index)}:example.org` as RoomId,
      keys: index + 2,
    }));
    shown.fake.publish('restore', {
      step: 'done',
      imported: 4_309,
      total: 5_169,
      failed: 860,
      failedRooms,
    });
    await heading(keys.restore.gapsTitle);
    const room = (count: number): HTMLElement[] => screen.queryAllByText(`${count} keys`);
    expect(room(41)).toHaveLength(1);
    expect(room(2)).toHaveLength(0);
    await press(keys.restore.moreRooms(40));
    expect(room(2)).toHaveLength(1);
    const list = room(2)[0]?.closest('ul');
    expect(document.activeElement, 'the focus stays where the button was').toBe(list);
    expect(screen.queryByRole('button', { name: keys.restore.moreRooms(40) })).toBeNull();
  });

  test('calls nothing readable where no key could be read', async () => {
    const shown = restore();
    const nothing = { imported: 0, total: 3, failed: 3, failedRooms: [] } as const;
    shown.fake.publish('restore', { step: 'done', ...nothing });
    await heading(keys.restore.nothingTitle);
    screen.getByText(keys.restore.nothing);
  });

  test('goes on after an interruption', async () => {
    const shown = restore();
    shown.fake.answer({ 'restore.resume': () => undefined });
    shown.fake.publish('restore', { step: 'interrupted', done: 10, total: 20 });
    await press(keys.restore.resume);
    expect(shown.fake.callsOf('restore.resume')).toHaveLength(1);
  });
});

describe('without key and phrase', () => {
  test('explains what helps and what stays locked, and leads back', async () => {
    restore();
    await press(keys.restore.without);
    await heading(keys.without.title);
    screen.getByText(keys.without.lostTitle);
    await press(keys.without.back);
    await heading(keys.restore.title);
  });

  test('confirms before earlier messages are left locked', async () => {
    const shown = restore();
    await press(keys.restore.later);
    await heading(keys.skipRestore.title);
    expect(shown.deps.flows.current).toBe('restore');
    await press(keys.skipRestore.skip);
    expect(shown.deps.flows.current).toBe('none');
  });
});

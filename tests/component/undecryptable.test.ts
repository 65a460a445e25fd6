import { fireEvent, screen, waitFor } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import type { TimelineItem } from '../../preload/model/rooms';
import type { UndecryptableReason } from '../../preload/model/undecryptable';
import { prospects } from '../../preload/rules/undecryptable';
import { Timeline } from '../../renderer/app/timeline.svelte';
import Undecryptable from '../../renderer/features/undecryptable/Undecryptable.svelte';
import { groupsOf, linesOf } from '../../renderer/features/undecryptable/unreadable';
import UnreadableNotice from '../../renderer/features/undecryptable/UnreadableNotice.svelte';
import { en } from '../../renderer/i18n/en';
import { FakeTransport, failure } from './fake-transport';
import { message, room } from './fixtures';
import { services, show, type Shown } from './show';

const t = en.undecryptable;
const { sender: jonas } = message('');
const reasons = Object.keys(t.reasons) as UndecryptableReason[];

function unreadable(reason: UndecryptableReason, more: Partial<TimelineItem> = {}): TimelineItem {
  return message('', { content: { kind: 'undecryptable', reason }, ...more });
}

describe('a message that can’t be read', () => {
  test.each(reasons)('says why: %s', (reason) => {
    show(Undecryptable, { reason, sender: jonas });
    expect(screen.getByText(t.reasons[reason])).toBeTruthy();
  });

  test.each(reasons)('offers what its reader can do, and nothing else: %s', (reason) => {
    show(Undecryptable, { reason, sender: jonas });
    const { action, chance } = prospects[reason];
    expect(screen.queryAllByRole('button')).toHaveLength(chance === 'by_you' ? 1 : 0);
    expect(action === null || action === 'look_again').toBe(chance !== 'by_you');
  });

  test('whose key is in the backup leads to restoring', async () => {
    const { deps } = show(Undecryptable, { reason: 'key_in_backup', sender: jonas });
    await fireEvent.click(screen.getByRole('button', { name: t.actions.restore }));
    expect(deps.flows.current).toBe('restore');
  });

  test('for verified devices only asks another device to verify this one', async () => {
    const fake = new FakeTransport().answer({ 'verification.requestOwn': () => undefined });
    show(Undecryptable, { reason: 'withheld_unverified', sender: jonas }, services(fake));
    await fireEvent.click(screen.getByRole('button', { name: t.actions.verify_device }));
    expect(fake.callsOf('verification.requestOwn')).toHaveLength(1);
  });

  test('of a person whose identity changed leads to verifying them', async () => {
    const fake = new FakeTransport().answer({
      'verification.requestPerson': () => {
        throw failure('verify_own_first');
      },
    });
    const { deps } = show(
      Undecryptable,
      { reason: 'sender_identity_changed', sender: jonas },
      services(fake),
    );
    await fireEvent.click(
      screen.getByRole('button', { name: t.actions.verify_sender(jonas.name) }),
    );
    expect(fake.callsOf('verification.requestPerson')).toEqual([{ userId: jonas.userId }]);
    await waitFor(() => expect(deps.toasts.current).toHaveLength(1));
  });

  test('from before there was a backup leads to importing a key file', async () => {
    show(Undecryptable, { reason: 'backup_not_set_up', sender: jonas });
    await fireEvent.click(screen.getByRole('button', { name: t.actions.import_keys }));
    expect(await screen.findByRole('dialog', { name: en.keys.import.title })).toBeTruthy();
  });
});

describe('the unreadable messages of a room', () => {
  test('are grouped: first what can be done, last what will not come', () => {
    const items = [
      unreadable('damaged', { id: 'a' }),
      unreadable('key_missing', { id: 'b' }),
      unreadable('still_decrypting', { id: 'c' }),
      unreadable('key_in_backup', { id: 'd' }),
      unreadable('key_missing', { id: 'e' }),
      message('readable'),
    ];
    expect(
      groupsOf(items).map(({ reason, items: of }) => [reason, of.map(({ id }) => id)]),
    ).toEqual([
      ['key_in_backup', ['d']],
      ['key_missing', ['e', 'b']],
      ['damaged', ['a']],
    ]);
  });

  function showNotice(items: readonly TimelineItem[], fake = new FakeTransport()): Shown {
    const shown = services(fake);
    const where = room('Benthic ecology group');
    const timeline = new Timeline(shown.deps.api, where.id);
    fake.publish('timeline', { reset: true, upsert: items, remove: [] }, { roomId: where.id });
    return show(UnreadableNotice, { room: where, timeline }, shown);
  }

  test('are not spoken of where there are none', () => {
    showNotice([message('readable'), unreadable('still_decrypting')]);
    expect(screen.queryByRole('button')).toBeNull();
  });

  test('of one person within a minute are one line', () => {
    const minute = 60_000;
    const at = (sentAt: number, sender = jonas) =>
      unreadable('key_missing', { sentAt: 50 * minute + sentAt, sender });
    const noor = { ...jonas, userId: '@noor:uni-kueste.example' as typeof jonas.userId };
    const items = [at(0), at(59_000), at(61_000), at(62_000, noor), at(63_000)];
    expect(linesOf(items).map(({ count }) => count)).toEqual([2, 1, 1, 1]);
    expect(t.at('Jonas', 3, 'today, 03:47')).toBe('Jonas · 3 messages · today, 03:47');
  });

  test('have what the reader can do as the main thing, else closing', async () => {
    showNotice([unreadable('key_in_backup', { id: 'k' })]);
    await fireEvent.click(screen.getByRole('button', { name: t.why }));
    const restore = await screen.findByRole('button', { name: t.actions.restore });
    const close = screen.getAllByRole('button', { name: en.common.close }).at(-1);
    expect(restore.classList).toContain('primary');
    expect(close?.classList).toContain('secondary');
  });

  test('are counted, listed with their chances, and looked for again', async () => {
    const looking = Promise.withResolvers<undefined>();
    const fake = new FakeTransport().answer({ 'timeline.lookAgain': () => looking.promise });
    const older = Array.from({ length: 5 }, (_, index) =>
      unreadable('key_missing', { id: `m${index}`, order: index }),
    );
    showNotice([...older, unreadable('damaged', { id: 'x', order: 9 })], fake);
    expect(screen.getByText(t.notice(6))).toBeTruthy();

    await fireEvent.click(screen.getByRole('button', { name: t.why }));
    expect(await screen.findByText(t.reasonsOfSeveral.key_missing)).toBeTruthy();
    expect(screen.getByText(t.reasons.damaged)).toBeTruthy();
    expect(screen.getByText(t.chances.none)).toBeTruthy();
    expect(screen.getByText(t.more(2))).toBeTruthy();
    const button = screen.getByRole('button', { name: t.actions.look_again });
    await fireEvent.click(button);
    expect(button.getAttribute('aria-busy')).toBe('true');
    expect(screen.getByText(t.looking)).toBeTruthy();
    looking.resolve(undefined);
    await waitFor(() => expect(button.getAttribute('aria-busy')).toBeNull());

    const { id: roomId } = room('Benthic ecology group');
    for (const { id } of older) {
      fake.publish(
        'timeline',
        { reset: false, upsert: [message('now', { id })], remove: ['x'] },
        { roomId },
      );
    }
    expect(await screen.findByText(t.allReadable)).toBeTruthy();
  });
});

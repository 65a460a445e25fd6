import { cleanup, screen } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import type { OldBackupRead } from '../../../preload/model/old-key';
import type { KeyState } from '../../../preload/model/keys';
import { keyActionsFor } from '../../../renderer/features/key-change/key-actions';
import FoundOldKey from '../../../renderer/features/recovery/FoundOldKey.svelte';
import { failure } from '../fake-transport';
import { keyHealth } from '../fixtures';
import { keyTransport } from '../keys/key-scenes';
import { errors, heading, keys, noteOf, press, type, words } from '../keys/person';
import { services, show, type Shown } from '../show';

const t = keys.oldKey;
const entry = keys.restore.entry;

function asked(answer: () => OldBackupRead): Shown & { left: () => number } {
  const shown = services(keyTransport());
  shown.fake.answer({ 'oldKey.read': answer });
  let left = 0;
  show(FoundOldKey, { onleave: () => (left += 1) }, shown);
  return { ...shown, left: () => left };
}

describe('an old recovery key', () => {
  test('is sent once, and what it brought is told with what it did not', async () => {
    const { fake, left } = asked(() => ({ keys: 412, unread: 3 }));
    await type(entry, 'my old security phrase');
    await press(t.submit);
    await heading(t.doneTitle);
    screen.getByText(t.done(412));
    screen.getByText(t.unread(3));
    expect(fake.callsOf('oldKey.read')).toEqual([{ secret: 'my old security phrase' }]);
    await press('Close');
    expect(left()).toBe(1);
  });

  test('that brings nothing is no success', async () => {
    asked(() => ({ keys: 0, unread: 2 }));
    await type(entry, 'my old security phrase');
    await press(t.submit);
    await heading(t.noneTitle);
    screen.getByText(t.unread(2));
    for (const point of t.donePoints) expect(screen.queryByText(point)).toBeNull();
  });

  test.each(['old_key_unknown', 'key_current'] as const)(
    '%s is said at the field',
    async (code) => {
      asked(() => {
        throw failure(code);
      });
      await type(entry, 'my old security phrase');
      await press(t.submit);
      await screen.findByText(errors[code]({}, words));
      expect(noteOf(entry)).toContain(errors[code]({}, words));
    },
  );

  test('whose backup is gone is not the entry’s fault', async () => {
    asked(() => {
      throw failure('old_backup_gone');
    });
    await type(entry, 'my old security phrase');
    await press(t.submit);
    await screen.findByText(errors.old_backup_gone({}, words));
    expect(noteOf(entry)).not.toContain(errors.old_backup_gone({}, words));
    cleanup();
  });

  test.each<[KeyState, boolean]>([
    ['ready', true],
    ['uploading', true],
    ['needs_restore', false],
    ['disabled_by_user', false],
    ['unknown', false],
  ])('in %s is offered: %s', (state, isOffered) => {
    expect(keyActionsFor({ ...keyHealth, state }).includes('old_key')).toBe(isOffered);
  });
});

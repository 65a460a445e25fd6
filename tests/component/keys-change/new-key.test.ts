import { cleanup, fireEvent, screen, waitFor } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import type { KeyChangeState } from '../../../preload/model/key-change';
import type { KeyState } from '../../../preload/model/keys';
import ChangeBanner from '../../../renderer/features/key-change/ChangeBanner.svelte';
import KeyActions from '../../../renderer/features/key-change/KeyActions.svelte';
import KeyChange from '../../../renderer/features/key-change/KeyChange.svelte';
import { failure } from '../fake-transport';
import { keyHealth } from '../fixtures';
import { askedGroups, keyTransport, nothingKept, recoveryKey } from '../keys/key-scenes';
import { errors, heading, keys, press, type, words } from '../keys/person';
import { services, show, type Shown } from '../show';

const working = {
  step: 'working',
  operation: 'new_key',
  steps: ['describe_key', 'store_secrets', 'switch_key'],
  cancellable: true,
  doing: 'store_secrets',
  progress: { done: 1, total: 4 },
  waiting: false,
} as const satisfies KeyChangeState;

function change(): Shown {
  const shown = services(keyTransport());
  const presenting = {
    step: 'presenting',
    method: 'key',
    kept: nothingKept,
    askedGroups: [...askedGroups],
  } as const;
  shown.fake.publish('keyChange', { step: 'none' }).answer({
    'keyChange.begin': () => {
      shown.fake.publish('setup', presenting);
      return { recoveryKey };
    },
    'setup.secure': () => {
      shown.fake.publish('setup', { step: 'idle' }).publish('keyChange', working);
    },
    'keyChange.continue': () => undefined,
    'keyChange.cancel': () => undefined,
    'keyChange.dismiss': () => undefined,
  });
  shown.deps.flows.open('new_key');
  return show(KeyChange, {}, shown);
}

async function prove(): Promise<void> {
  await press(keys.present.next);
  await type('Group 3', '3Yyd');
  await type('Group 7', 'Dz2f');
  await type('Group 11', 'LhMw');
  await press(keys.prove.check);
}

describe('a new recovery key', () => {
  test.each([true, false])('ends the old one where that is lost, as told: %s', async (lost) => {
    const shown = services(keyTransport().publish('keyChange', { step: 'none' }));
    shown.deps.flows.open('new_key', { oldKeyUnsafe: lost });
    show(KeyChange, {}, shown);
    const box = await screen.findByRole<HTMLInputElement>('checkbox', {
      name: keys.change.newKey.wrongHands,
    });
    expect(box.checked).toBe(lost);
  });

  test('is kept and proven before anything is changed, and then shows each step', async () => {
    const shown = change();
    await heading(keys.change.newKey.title);
    await press('Continue');
    await heading(keys.present.title);
    expect(shown.fake.callsOf('keyChange.begin')).toEqual([
      { operation: 'new_key', choice: { method: 'key' }, removeOld: false },
    ]);
    expect(shown.fake.callsOf('setup.secure')).toEqual([]);
    await prove();
    await heading(keys.change.working.new_key);
    await screen.findByText(keys.change.steps.store_secrets);
    screen.getByText('1 of 4');
    shown.fake.publish('keyChange', {
      step: 'done',
      operation: 'new_key',
      left: ['remove_old_key', 'delete_backup'],
      otherKeys: 2,
    });
    await heading(keys.change.done.new_key.title);
    screen.getByText(keys.change.remains.oldKey);
    screen.getByText(keys.change.remains.oldBackup);
    screen.getByText(keys.change.remains.otherKeys(2));
    await press(keys.done.finish);
    expect(shown.fake.callsOf('keyChange.dismiss')).toHaveLength(1);
    expect(shown.deps.flows.current).toBe('none');
  });

  test('says what a key in wrong hands means, and passes it on', async () => {
    const shown = change();
    await fireEvent.click(screen.getByRole('checkbox'));
    await screen.findByText(keys.change.newKey.wrongHandsNote);
    await press('Continue');
    await heading(keys.present.title);
    expect(shown.fake.callsOf('keyChange.begin')).toMatchObject([{ removeOld: true }]);
  });

  test('that nobody proved is forgotten with the screen', async () => {
    const shown = change();
    await press('Continue');
    await heading(keys.present.title);
    shown.fake.answer({ 'setup.abandon': () => undefined });
    await press(/^Cancel$/);
    cleanup();
    await waitFor(() => expect(shown.fake.callsOf('setup.abandon')).toHaveLength(1));
  });

  test('tells why this device can’t make one', async () => {
    const shown = change();
    shown.fake.answer({
      'keyChange.begin': () => {
        throw failure('secrets_not_here');
      },
    });
    await press('Continue');
    await screen.findByText(errors.secrets_not_here({}, words));
  });
});

describe('a change under way', () => {
  test('that stopped can be tried again or given up, and says that nothing was replaced', async () => {
    const shown = change();
    const { operation, steps, cancellable, doing } = working;
    const underWay = { operation, steps, cancellable, doing };
    shown.fake.publish('keyChange', { ...underWay, step: 'stopped', code: 'disk_full' });
    await screen.findByText(keys.change.nothingReplaced);
    await press(keys.change.giveUp);
    await press('Try again');
    expect(shown.fake.callsOf('keyChange.cancel')).toHaveLength(1);
    expect(shown.fake.callsOf('keyChange.continue')).toHaveLength(1);
  });

  test('that another device overtook can only be ended, and claims nothing about the old', async () => {
    const shown = change();
    const { operation, steps, cancellable, doing } = working;
    const underWay = { operation, steps, cancellable, doing };
    shown.fake.publish('keyChange', { ...underWay, step: 'stopped', code: 'changed_elsewhere' });
    await press(keys.change.endHere);
    expect(screen.queryByText(keys.change.nothingReplaced)).toBeNull();
    expect(shown.fake.callsOf('keyChange.cancel')).toHaveLength(1);
  });

  test('can’t be given up from the point of no return on', async () => {
    const shown = change();
    shown.fake.publish('keyChange', { ...working, cancellable: false });
    await heading(keys.change.working.new_key);
    expect(screen.queryByRole('button', { name: keys.change.giveUp })).toBeNull();
  });

  test('stays in sight in the sidebar and leads back to its screen', async () => {
    const shown = services(keyTransport());
    shown.fake.publish('keyChange', working);
    show(ChangeBanner, {}, shown);
    await screen.findByText(keys.change.working.new_key);
    await press(keys.change.details);
    expect(shown.deps.flows.current).toBe('new_key');
  });
});

describe('what is offered beside the repair', () => {
  const offers = (state: KeyState): number => {
    show(KeyActions, { health: { ...keyHealth, state }, onaction: () => undefined });
    const count = document.querySelectorAll('li').length;
    cleanup();
    return count;
  };

  test('depends on what this device can do', () => {
    expect(offers('ready')).toBeGreaterThan(0);
    expect(offers('secrets_incomplete')).toBeGreaterThan(0);
    expect(offers('unknown')).toBe(0);
    expect(offers('needs_setup')).toBe(0);
    expect(offers('needs_restore')).toBe(1);
  });
});

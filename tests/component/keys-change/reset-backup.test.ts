import { fireEvent, screen } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import KeyChange from '../../../renderer/features/key-change/KeyChange.svelte';
import KeySnapshots from '../../../renderer/features/key-change/KeySnapshots.svelte';
import { failure } from '../fake-transport';
import { keyTransport } from '../keys/key-scenes';
import { heading, keys, press, type } from '../keys/person';
import { services, show, type Shown } from '../show';
import { encodeRecoveryKey } from '../../../preload/rules/recovery-key';

const recoveryKey = encodeRecoveryKey(new Uint8Array(32).fill(7));

function reset(): Shown {
  const shown = services(keyTransport());
  shown.fake.publish('keyChange', { step: 'none' }).answer({ 'keyChange.begin': () => null });
  shown.deps.flows.open('reset_backup');
  return show(KeyChange, {}, shown);
}

describe('resetting the backup', () => {
  test('says in which order it goes, and takes the recovery key', async () => {
    const shown = reset();
    await heading(keys.change.resetBackup.title);
    screen.getByText(keys.change.resetBackup.last);
    await type(keys.restore.entryKeyOnly, recoveryKey);
    await press(keys.change.resetBackup.submit);
    expect(shown.fake.callsOf('keyChange.begin')).toEqual([
      { operation: 'reset_backup', secret: recoveryKey },
    ]);
  });

  test('leads to a new recovery key where there is none', async () => {
    const shown = reset();
    await press(keys.change.resetBackup.noKey);
    expect(shown.deps.flows.current).toBe('new_key');
    await heading(keys.change.newKey.title);
  });
});

describe('the copies on this computer', () => {
  const copy = { id: '1.hfkeys', madeAt: Date.UTC(2026, 10, 23), keys: 412, recoverable: true };

  function open(): Shown {
    const shown = services(keyTransport());
    shown.fake.answer({ 'snapshots.list': () => [copy] });
    show(KeySnapshots, {}, shown);
    const details = document.querySelector('details')!;
    details.open = true;
    void fireEvent(details, new Event('toggle'));
    return shown;
  }

  test('are listed and read back', async () => {
    const shown = open();
    shown.fake.answer({ 'snapshots.readBack': () => ({ keys: 412 }) });
    await press(keys.change.snapshots.readBack);
    await screen.findByText(keys.change.snapshots.readBackDone(412));
    expect(shown.fake.callsOf('snapshots.readBack')).toEqual([{ id: copy.id }]);
  });

  test('of another store ask for the recovery key of then', async () => {
    const shown = open();
    shown.fake.answer({
      'snapshots.readBack': ({ secret }) => {
        if (secret === undefined) throw failure('snapshot_locked');
        return { keys: 412 };
      },
    });
    await press(keys.change.snapshots.readBack);
    await type(keys.restore.entry, recoveryKey);
    await press(keys.change.snapshots.open);
    await screen.findByText(keys.change.snapshots.readBackDone(412));
  });

  test('are made now where the person wants it', async () => {
    const shown = open();
    shown.fake.answer({ 'snapshots.make': () => ({ keys: 3 }) });
    await press(keys.change.snapshots.make);
    await screen.findByText(keys.change.snapshots.made(3));
  });
});

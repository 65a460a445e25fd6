import { screen, waitFor } from '@testing-library/svelte';
import { describe, expect, test, vi } from 'vitest';
import type { ImportedKeys } from '../../../preload/model/key-files';
import ImportKeys from '../../../renderer/features/key-files/ImportKeys.svelte';
import KeyFiles from '../../../renderer/features/key-files/KeyFiles.svelte';
import { FakeTransport, failure } from '../fake-transport';
import { services, show } from '../show';
import { errors, heading, keys, noteOf, press, type, words } from './person';

const t = keys.import;

function importing(result: ImportedKeys) {
  const fake = new FakeTransport().answer({
    'keyFile.choose': () => ({ fileName: 'element-keys.txt' }),
    'keyFile.import': ({ passphrase }) => {
      if (passphrase !== 'right') throw failure('key_file_passphrase');
      return result;
    },
  });
  const onclose = vi.fn();
  show(ImportKeys, { onclose }, services(fake));
  return { fake, onclose };
}

describe('importing a key file', () => {
  test('says first what such a file is, and asks for the passphrase of the chosen one', async () => {
    const { fake } = importing({ total: 5, imported: 5, failed: 0 });
    await heading(t.title);
    screen.getByText(t.trust);
    expect(screen.queryByLabelText(t.passphrase)).toBeNull();
    await press(t.choose);
    await screen.findByText(t.chosen('element-keys.txt'));
    await press(t.submit);
    expect(noteOf(t.passphrase)).toContain(t.empty);
    expect(fake.callsOf('keyFile.import')).toEqual([]);
  });

  test('keeps the file where the passphrase is wrong, and tells what it brought', async () => {
    const { onclose } = importing({ total: 9, imported: 5, failed: 1 });
    await press(t.choose);
    await type(t.passphrase, 'wrong');
    await press(t.submit);
    await waitFor(() =>
      expect(noteOf(t.passphrase)).toContain(errors.key_file_passphrase({}, words)),
    );
    await type(t.passphrase, 'right');
    await press(t.submit);
    await heading(t.doneTitle(5));
    screen.getByText(t.here(3));
    screen.getByText(t.failed(1));
    expect(onclose).not.toHaveBeenCalled();
  });

  test('says that nothing was new, or that the file is empty', async () => {
    importing({ total: 4, imported: 0, failed: 0 });
    await press(t.choose);
    await type(t.passphrase, 'right');
    await press(t.submit);
    await heading(t.noneTitle);
    screen.getByText(t.doneNothing);
  });

  test('says at once what is wrong with a file that is no key file', async () => {
    const fake = new FakeTransport().answer({
      'keyFile.choose': () => {
        throw failure('key_file_unknown');
      },
    });
    show(ImportKeys, { onclose: () => undefined }, services(fake));
    await press(t.choose);
    await screen.findByText(errors.key_file_unknown({}, words));
    expect(screen.queryByLabelText(t.passphrase)).toBeNull();
  });
});

describe('the key files of the settings', () => {
  test('lead to importing and to exporting', async () => {
    show(KeyFiles, {});
    await press(keys.keyFiles.import);
    await heading(t.title);
    await press('Cancel');
    await press(keys.keyFiles.export);
    await heading(keys.export.title);
  });
});

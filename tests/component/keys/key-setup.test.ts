import { cleanup, fireEvent, screen, waitFor } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import MainView from '../../../renderer/features/frame/MainView.svelte';
import KeySetup from '../../../renderer/features/key-backup/KeySetup.svelte';
import { en } from '../../../renderer/i18n/en';
import { failure } from '../fake-transport';
import { account } from '../fixtures';
import { services, show, type Shown } from '../show';
import { keyTransport, recoveryKey, type KeyScene } from './key-scenes';
import { errors, heading, keys, noteOf, press, type, words } from './person';

function setUp(scene: KeyScene = {}): Shown {
  const shown = services(keyTransport({ keys: { state: 'needs_setup' }, ...scene }));
  shown.deps.flows.open('setup');
  return show(KeySetup, {}, shown);
}

async function present(scene: KeyScene = {}): Promise<Shown> {
  const shown = setUp(scene);
  await press('Continue');
  await heading(keys.present.title);
  return shown;
}

async function prove(shown: Shown): Promise<void> {
  await press(keys.present.next);
  await type('Group 3', '3Yyd');
  await type('Group 7', 'Dz2f');
  await type('Group 11', 'LhMw');
  await press(keys.prove.check);
  expect(shown.fake.callsOf('setup.prove')).toHaveLength(1);
}

const choosePhrase = async (): Promise<void> => {
  await fireEvent.click(screen.getByRole('radio', { name: keys.setup.phrase }));
  await press('Continue');
  await heading(keys.phrase.title);
};
const strongPhrase = 'lighthouse rhubarb timetable quartz';

describe('setting up with a recovery key', () => {
  test('leads from the choice over keeping and checking to safe keys', async () => {
    const shown = await present();
    const groups = screen.getAllByRole('listitem').map((item) => item.textContent.trim());
    for (const group of recoveryKey.split(' ')) {
      expect(groups.some((text) => text.endsWith(group))).toBe(true);
    }
    await press(new RegExp(keys.present.save));
    await press(new RegExp(keys.present.print));
    await screen.findByText(keys.present.saved('Recovery key mira uni-kueste.example.txt'));
    await screen.findByText(keys.present.printed);
    await prove(shown);
    await heading(keys.done.title);
    expect(shown.fake.callsOf('setup.secure')).toEqual([{}]);
    await press(keys.done.finish);
    expect(shown.deps.flows.current).toBe('none');
  });

  test('calls the sheet printed only when it was', async () => {
    const shown = await present();
    shown.fake.answer({ 'setup.print': () => false });
    await press(new RegExp(keys.present.print));
    await waitFor(() => expect(shown.fake.callsOf('setup.print')).toHaveLength(1));
    const card = screen.getByRole('button', { name: new RegExp(keys.present.print) });
    await waitFor(() => expect(card.getAttribute('aria-busy')).not.toBe('true'));
    expect(card.textContent).toContain(keys.present.notYet);
    expect(screen.queryByText(keys.present.printed)).toBeNull();
  });

  test('takes the key off the screen for the proof, and forgets it afterwards', async () => {
    const shown = await present();
    expect(document.body.textContent).toContain('qKJ');
    await press(keys.present.next);
    expect(document.body.textContent).not.toContain('qKJ');
    await press(keys.prove.show);
    expect(document.body.textContent).toContain('qKJ');
    await prove(shown);
    await heading(keys.done.title);
    expect(document.body.innerHTML).not.toContain('qKJ');
  });

  test('says at the group what differs', async () => {
    const shown = await present();
    shown.fake.answer({
      'setup.prove': () => {
        throw failure('proof_mismatch', { groups: [7] });
      },
    });
    await prove(shown);
    await waitFor(() => expect(noteOf('Group 7')).toBe(keys.prove.groupDiffers));
    expect(noteOf('Group 3')).toBe('');
  });

  test('checks the form of a group while it is typed, and sends nothing incomplete', async () => {
    const shown = await present();
    await press(keys.present.next);
    await type('Group 3', '3Y0d');
    expect(noteOf('Group 3')).toBe(keys.prove.groupImpossible);
    await type('Group 3', '3Yy');
    await press(keys.prove.check);
    expect(noteOf('Group 3')).toBe(keys.prove.groupIncomplete);
    expect(shown.fake.callsOf('setup.prove')).toEqual([]);
  });

  test('tells another file from the right one, and takes a cancelled dialog calmly', async () => {
    const shown = await present();
    await press(keys.present.next);
    await fireEvent.click(screen.getByRole('radio', { name: keys.prove.byFile }));
    shown.fake.answer({ 'setup.proveByFile': () => false });
    await press(keys.prove.chooseFile);
    expect(screen.queryByRole('alert')).toBeNull();
    shown.fake.answer({
      'setup.proveByFile': () => {
        throw failure('proof_mismatch');
      },
    });
    await press(keys.prove.chooseFile);
    await screen.findByText(keys.prove.fileDiffers);
  });

  test('goes on after a failure where it stopped', async () => {
    const shown = await present();
    shown.fake.answer({
      'setup.secure': () => {
        throw failure('offline');
      },
    });
    await prove(shown);
    await screen.findByText(errors.offline({}, words));
    shown.fake.answer({ 'setup.secure': () => undefined });
    await press('Try again');
    await heading(keys.done.title);
  });

  test.each(['offline', 'reauth_required'] as const)(
    'can be put off where securing failed: %s',
    async (code) => {
      const shown = await present();
      shown.fake.answer({
        'setup.secure': () => {
          throw failure(code);
        },
      });
      await prove(shown);
      await press(keys.secure.stop);
      await waitFor(() => expect(shown.deps.flows.current).toBe('none'));
      expect(shown.fake.callsOf('setup.abandon')).toHaveLength(1);
    },
  );

  test('leads to restoring where securing met another backup', async () => {
    const shown = await present();
    shown.fake.answer({
      'setup.secure': () => {
        throw failure('backup_exists');
      },
    });
    await prove(shown);
    await press(keys.health.unlock);
    await waitFor(() => expect(shown.deps.flows.current).toBe('restore'));
    expect(shown.fake.callsOf('setup.abandon')).toHaveLength(1);
    expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
  });

  test('offers signing out, and no later, where the institution requires key backup', async () => {
    const shown = await present({
      keys: { state: 'needs_setup', policy: { setupRequired: true, methods: ['key'] } },
    });
    shown.fake.answer({
      'setup.secure': () => {
        throw failure('offline');
      },
    });
    await prove(shown);
    await press(keys.signOut.signOut);
    expect(shown.deps.flows.current).toBe('sign_out');
    expect(screen.queryByRole('button', { name: keys.secure.stop })).toBeNull();
  });

  test('asks for the account password where the server does, and sends it once', async () => {
    const shown = await present();
    let attempts = 0;
    shown.fake.answer({
      'setup.secure': () => {
        if (attempts++ === 0) throw failure('reauth_required');
      },
    });
    await prove(shown);
    await type(keys.secure.password, 'open sesame');
    await press(keys.secure.confirm);
    await heading(keys.done.title);
    expect(shown.fake.callsOf('setup.secure')).toEqual([{}, { accountPassword: 'open sesame' }]);
  });

  test('can be given up while the server waits for a word in the browser', async () => {
    const shown = await present();
    const securing = Promise.withResolvers<undefined>();
    shown.fake.answer({
      'setup.secure': () => securing.promise,
      'interactiveAuth.cancel': () => securing.reject(failure('cancelled')),
    });
    await prove(shown);
    shown.fake.publish('interactiveAuth', {
      step: 'asking',
      ways: ['browser'],
      refused: false,
      opened: true,
      checking: false,
    });
    await press(en.common.cancel);
    await heading(keys.secure.stoppedTitle);
    screen.getByText(keys.secure.kept);
    expect(screen.queryByText(keys.secure.failed), 'nothing went wrong').toBeNull();
    await press(keys.secure.stop);
    expect(shown.fake.callsOf('interactiveAuth.cancel')).toHaveLength(1);
  });

  test('starts over where the window has lost the key it was presenting', async () => {
    const fake = keyTransport({ keys: { state: 'needs_setup' } });
    fake.publish('setup', {
      step: 'presenting',
      method: 'key',
      kept: { saved: true, printed: false, pdf: false, copied: false },
      askedGroups: [3, 7, 11],
    });
    show(KeySetup, {}, services(fake));
    await heading(keys.setup.title);
    expect(fake.callsOf('setup.abandon')).toHaveLength(1);
  });

  test('leads to restoring where there is a backup already', async () => {
    const shown = setUp();
    shown.fake.answer({
      'setup.begin': () => {
        throw failure('backup_exists');
      },
    });
    await press('Continue');
    await screen.findByText(errors.backup_exists({}, words));
    await press(keys.health.unlock);
    expect(shown.deps.flows.current).toBe('restore');
  });
});

describe('setting up with a security phrase', () => {
  test.each([
    ['phrase_is_password', keys.phrase.entry],
    ['phrase_too_weak', keys.phrase.entry],
    ['phrase_mismatch', keys.phrase.repeated],
  ] as const)('says %s at its field', async (code, label) => {
    const shown = setUp();
    await choosePhrase();
    shown.fake.answer({
      'setup.begin': () => {
        throw failure(code);
      },
    });
    await type(keys.phrase.entry, strongPhrase);
    await type(keys.phrase.repeated, strongPhrase);
    await press('Continue');
    await waitFor(() => expect(noteOf(label)).toBe(errors[code]({}, words)));
  });

  test('notices differing entries itself', async () => {
    const shown = setUp();
    await choosePhrase();
    await type(keys.phrase.entry, strongPhrase);
    await type(keys.phrase.repeated, `${strongPhrase}s`);
    await press('Continue');
    expect(noteOf(keys.phrase.repeated)).toBe(errors.phrase_mismatch({}, words));
    expect(shown.fake.callsOf('setup.begin')).toEqual([]);
  });

  test('names what makes a phrase weak', async () => {
    setUp();
    await choosePhrase();
    await type(keys.phrase.entry, 'mira petersen');
    await screen.findByText(keys.phrase.weaknesses.personal, {}, { timeout: 15_000 });
  }, 20_000);

  test('lets the phrase be the proof', async () => {
    const shown = setUp();
    await choosePhrase();
    await type(keys.phrase.entry, strongPhrase);
    await type(keys.phrase.repeated, strongPhrase);
    await press('Continue');
    await heading(keys.present.title);
    await press(keys.present.next);
    await fireEvent.click(screen.getByRole('radio', { name: keys.prove.byPhrase }));
    await type(keys.prove.phrase, strongPhrase);
    await press(keys.prove.check);
    await heading(keys.done.title);
    expect(shown.fake.callsOf('setup.prove')).toEqual([{ by: 'phrase', phrase: strongPhrase }]);
  });
});

describe('leaving before the proof', () => {
  const required: KeyScene = {
    keys: { state: 'needs_setup', policy: { setupRequired: true, methods: ['key', 'phrase'] } },
  };

  async function inWindow(scene: KeyScene): Promise<Shown> {
    const fake = keyTransport(scene).publish('rooms', { reset: true, upsert: [], remove: [] });
    const shown = services(fake);
    shown.deps.flows.open('setup');
    show(MainView, { account }, shown);
    await heading(keys.setup.title);
    return shown;
  }

  test('by signing out gives up the key that was made', async () => {
    const shown = await inWindow(required);
    await press('Continue');
    await heading(keys.present.title);
    await press(keys.signOut.signOut);
    await screen.findByRole('alertdialog');
    expect(shown.fake.callsOf('setup.abandon')).toHaveLength(1);
    expect(document.body.innerHTML).not.toContain('qKJ');
  });

  test('gives up a key that is still being made', async () => {
    const shown = await inWindow(required);
    const making = Promise.withResolvers<{ recoveryKey: string }>();
    shown.fake.answer({ 'setup.begin': () => making.promise });
    await press('Continue');
    await press(keys.signOut.signOut);
    await screen.findByRole('alertdialog');
    expect(shown.fake.callsOf('setup.abandon')).toHaveLength(1);
    making.resolve({ recoveryKey });
    await waitFor(() => expect(shown.fake.callsOf('setup.abandon')).toHaveLength(2));
  });

  test('in whichever way gives up the key, and after the proof none', async () => {
    const before = await present();
    cleanup();
    expect(before.fake.callsOf('setup.abandon')).toHaveLength(1);
    const after = await present();
    await prove(after);
    await heading(keys.done.title);
    cleanup();
    expect(after.fake.callsOf('setup.abandon')).toHaveLength(0);
  });

  test('to restore is offered beside the phrase too', async () => {
    const shown = setUp();
    await choosePhrase();
    shown.fake.answer({
      'setup.begin': () => {
        throw failure('backup_exists');
      },
    });
    await type(keys.phrase.entry, strongPhrase);
    await type(keys.phrase.repeated, strongPhrase);
    await press('Continue');
    await press(keys.health.unlock);
    expect(shown.deps.flows.current).toBe('restore');
  });
});

describe('skipping', () => {
  test('says first what gets lost, and gives up the key that was made', async () => {
    const shown = await present({ keys: { state: 'needs_setup', encryptedRooms: 6 } });
    await press(keys.setup.skip);
    await heading(keys.skip.title);
    await screen.findByText(keys.skip.device(6));
    expect(keys.skip.device(6)).toContain('6 encrypted rooms');
    await press(keys.skip.skip);
    await waitFor(() => expect(shown.deps.flows.current).toBe('none'));
    expect(shown.fake.callsOf('setup.abandon')).toHaveLength(1);
  });

  test('leads back to where the person was', async () => {
    await present();
    await press(keys.setup.skip);
    await press(keys.skip.setUp);
    await heading(keys.present.title);
  });

  test('is not offered anywhere where the institution requires key backup', async () => {
    const shown = await present({
      keys: { state: 'needs_setup', policy: { setupRequired: true, methods: ['key'] } },
    });
    expect(screen.queryByText(keys.setup.skip)).toBeNull();
    await press(keys.present.next);
    expect(screen.queryByText(keys.setup.skip)).toBeNull();
    expect(shown.deps.flows.current).toBe('setup');
  });

  test('offers only the methods the institution allows', () => {
    setUp({ keys: { state: 'needs_setup', policy: { setupRequired: true, methods: ['phrase'] } } });
    expect(screen.getAllByRole('radio')).toHaveLength(1);
    expect(screen.getByRole('radio', { name: keys.setup.phrase })).toBeTruthy();
  });
});

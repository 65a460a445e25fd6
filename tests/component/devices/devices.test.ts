import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, test, vi } from 'vitest';
import Devices from '../../../renderer/features/devices/Devices.svelte';
import NewDevice from '../../../renderer/features/devices/NewDevice.svelte';
import RoomInfo from '../../../renderer/features/rooms/RoomInfo.svelte';
import LeftOutNotice from '../../../renderer/features/verification/LeftOutNotice.svelte';
import { en } from '../../../renderer/i18n/en';
import { FakeTransport, failure } from '../fake-transport';
import { room } from '../fixtures';
import { press, type } from '../keys/person';
import { askedForPassword } from '../keys-change/moments';
import { services, show, type Shown } from '../show';
import {
  bridge,
  fresh,
  laptop,
  limited,
  phone,
  playDevices,
  playPeople,
  stranger,
} from './moments';

const t = en.devices;

function showing(play: (fake: FakeTransport) => void = playDevices): Shown {
  const fake = new FakeTransport();
  play(fake);
  return show(Devices, {}, services(fake));
}

describe('the list of devices', () => {
  test('begins with this one, and says in words which are verified', async () => {
    const { fake } = showing();
    const rows = await screen.findAllByRole('listitem');
    expect(rows.map((row) => within(row).getAllByRole('paragraph')[1]?.textContent)).toEqual([
      t.trust.verified,
      t.trust.unverified,
      t.trust.verified,
      t.trust.no_keys,
    ]);
    expect(rows[0]?.textContent).toContain(t.thisDevice);
    expect(screen.queryByRole('button', { name: t.signOut('Holdfast (Linux)') })).toBeNull();
    expect(fake.callsOf('devices.refresh')).toHaveLength(1);
  });

  test('tells devices of the same name apart by their ids', async () => {
    const twin: typeof phone = { ...phone, id: 'TWIN' as typeof phone.id, name: laptop.name };
    showing((fake) => playDevices(fake, [laptop, twin, phone]));
    const rows = (await screen.findAllByRole('listitem')).map((row) => row.textContent);
    expect(rows[0]).toContain(`Holdfast (Linux) · ${laptop.id}`);
    expect(rows.filter((row) => row.includes('Mira’s phone')).join()).not.toContain(phone.id);
    await press(t.signOut('Holdfast (Linux) · TWIN'));
    const dialog = within(await screen.findByRole('alertdialog'));
    const box = dialog.getByRole<HTMLInputElement>('checkbox', { name: 'Holdfast (Linux) · TWIN' });
    expect(box.checked).toBe(true);
    expect(box.getAttribute('aria-describedby')).not.toBeNull();
    expect(dialog.getAllByText(/^Last seen: yesterday, /u)).toHaveLength(2);
  });

  test('verifies and renames', async () => {
    const { fake } = showing();
    await press(t.verify('Chrome on Windows'));
    expect(fake.callsOf('verification.requestDevice')).toEqual([{ deviceId: stranger.id }]);
    await press(t.rename('Mira’s phone'));
    await screen.findByRole('dialog', { name: t.renameTitle });
    await press(t.save);
    expect(fake.callsOf('devices.rename')).toEqual([{ deviceId: phone.id, name: 'Mira’s phone' }]);
  });

  test('says that it could not be asked for, and asks again', async () => {
    const { fake } = showing((offline) =>
      playDevices(offline, [], { list: 'loading', problem: 'offline', unfamiliar: [] }),
    );
    expect(screen.getByText(t.unavailable)).toBeTruthy();
    await press(t.again);
    expect(fake.callsOf('devices.refresh')).toHaveLength(2);
  });
});

describe('signing other devices out', () => {
  test('goes at once where this device reads everything', async () => {
    const { fake } = showing();
    await press(t.signOut('Mira’s phone'));
    await screen.findByText(t.signOutDialog.fine);
    await press(t.signOutDialog.action(1));
    expect(fake.callsOf('devices.signOut')).toEqual([{ deviceIds: [phone.id], acceptLoss: false }]);
  });

  test('takes the person’s word where it does not, for all that are ticked', async () => {
    const { fake } = showing((needed) => {
      playDevices(needed);
      needed.answer({
        'devices.signOutRisk': () => ({
          obstacle: 'not_restored',
          state: 'needs_restore',
          pendingKeys: null,
        }),
      });
    });
    await press(t.signOutOthers);
    await screen.findByText(t.signOutDialog.obstacles.not_restored);
    const act = screen.getByRole<HTMLButtonElement>('button', { name: t.signOutDialog.action(3) });
    expect(act.disabled).toBe(true);
    screen.getByRole('checkbox', { name: 'Chrome on Windows' }).click();
    screen.getByRole('checkbox', { name: t.signOutDialog.accept }).click();
    await press(t.signOutDialog.action(2));
    expect(fake.callsOf('devices.signOut')).toEqual([
      { deviceIds: [phone.id, bridge.id], acceptLoss: true },
    ]);
  });
});

describe('where the server asks who is there', () => {
  /** Signing out, which waits for the password as the server wants it. */
  async function waiting(fake: FakeTransport, action: string): Promise<void> {
    const { promise, reject } = Promise.withResolvers<void>();
    fake
      .answer({
        'devices.signOut': () => promise,
        'interactiveAuth.enterPassword': () => undefined,
        'interactiveAuth.cancel': () => {
          reject(failure('cancelled'));
        },
      })
      .publish('interactiveAuth', askedForPassword);
    await press(action);
    await screen.findByRole('heading', { name: en.keys.whoIsThere.title });
    expect(screen.queryByRole('button', { name: action }), 'one way on').toBeNull();
    await type(en.keys.whoIsThere.passwordLabel, 'kelp forest');
    await press(en.keys.whoIsThere.confirm);
    expect(fake.callsOf('interactiveAuth.enterPassword')).toEqual([{ password: 'kelp forest' }]);
    await press(t.signOutDialog.cancel);
    expect(fake.callsOf('interactiveAuth.cancel')).toHaveLength(1);
    expect(screen.queryByRole('alertdialog')).toBeNull();
  }

  test('it does so in the dialog, and the question ends with it', async () => {
    const { fake } = showing();
    await press(t.signOut('Mira’s phone'));
    await screen.findByText(t.signOutDialog.fine);
    await waiting(fake, t.signOutDialog.action(1));
  });

  test('nothing but the devices to be signed out stands beside the question', async () => {
    const { fake } = showing();
    fake.answer({ 'devices.signOut': () => new Promise<never>(() => undefined) });
    await press(t.signOut('Mira’s phone'));
    await screen.findByText(t.signOutDialog.fine);
    await press(t.signOutDialog.action(1));
    fake.publish('interactiveAuth', askedForPassword);
    const dialog = within(await screen.findByRole('alertdialog'));
    await dialog.findByText(t.signOutDialog.chosen);
    expect(dialog.getAllByRole('listitem').map((item) => item.textContent)).toEqual([
      'Mira’s phone',
    ]);
    expect(dialog.queryByRole('checkbox')).toBeNull();
    expect(dialog.queryByText(t.signOutDialog.fine)).toBeNull();
  });

  test('also about a device that somebody else signed in', async () => {
    const fake = new FakeTransport();
    playDevices(fake, [laptop, stranger], { ...fresh, unfamiliar: [stranger.id] });
    show(NewDevice, {}, services(fake));
    await press(t.notMe);
    await waiting(fake, t.notMeDialog.action);
  });
});

describe('a new sign-in', () => {
  function asked(): Shown {
    const fake = new FakeTransport();
    playDevices(fake, [laptop, stranger], { ...fresh, unfamiliar: [stranger.id] });
    return show(NewDevice, {}, services(fake));
  }

  test('is asked about, verified, or put off', async () => {
    const { fake } = asked();
    const card = await screen.findByRole('region', { name: t.newTitle });
    expect(card.textContent).toMatch(/signed in to your account today at \d{2}:\d{2}\./u);
    await press(t.newVerify);
    expect(fake.callsOf('verification.requestDevice')).toEqual([{ deviceId: stranger.id }]);
    await press(t.later);
    expect(fake.callsOf('devices.snooze')).toHaveLength(1);
  });

  test('that was somebody else’s is signed out, and a new recovery key follows', async () => {
    const { fake, deps } = asked();
    await press(t.notMe);
    await press(t.notMeDialog.action);
    expect(fake.callsOf('devices.signOut')).toEqual([
      { deviceIds: [stranger.id], acceptLoss: true },
    ]);
    await press(t.notMeDialog.newKey);
    expect(deps.flows.current).toBe('new_key');
    expect(deps.flows.oldKeyUnsafe).toBe(true);
  });

  test('stays a question where signing it out fails', async () => {
    const { fake } = asked();
    fake.answer({
      'devices.signOut': () => {
        throw failure('offline');
      },
    });
    await press(t.notMe);
    await press(t.notMeDialog.action);
    expect((await screen.findByRole('alert')).textContent).toContain(en.errors.offline({}, words));
    expect(screen.queryByRole('button', { name: t.notMeDialog.newKey })).toBeNull();
  });
});

const words = { duration: String };

describe('the people in a room', () => {
  const benthic = room('Benthic ecology group');

  test('make way for the verification of one of them', async () => {
    const fake = new FakeTransport();
    playDevices(fake);
    playPeople(fake, 'verified-only', benthic.id);
    const onclose = vi.fn();
    show(RoomInfo, { room: benthic, trust: limited, onclose }, services(fake));
    await press(en.people.verify('Noor van Dijk'));
    await waitFor(() => expect(onclose).toHaveBeenCalledOnce());
  });

  test('stay where asking one of them fails', async () => {
    const fake = new FakeTransport();
    playDevices(fake);
    playPeople(fake, 'verified-only', benthic.id);
    fake.answer({ 'verification.requestPerson': () => Promise.reject(failure('offline')) });
    const onclose = vi.fn();
    const { deps } = show(RoomInfo, { room: benthic, trust: limited, onclose }, services(fake));
    await press(en.people.verify('Noor van Dijk'));
    await waitFor(() => expect(deps.toasts.current).toHaveLength(1));
    expect(onclose).not.toHaveBeenCalled();
  });

  test('are listed with what their keys say, and can be verified there', async () => {
    const fake = new FakeTransport();
    playDevices(fake);
    playPeople(fake, 'verified-only', benthic.id);
    show(RoomInfo, { room: benthic, trust: limited, onclose: () => undefined }, services(fake));
    const names = (await screen.findAllByRole('listitem')).map((row) => row.textContent);
    expect(names[0]).toContain('Mira Petersen');
    expect(names[1]).toContain(en.people.role.admin);
    expect(names[4]).toContain(en.people.invited);
    expect(names[3]).toContain(en.people.unconfirmed(1));
    await press(en.people.verify('Noor van Dijk'));
    expect(fake.callsOf('verification.requestPerson')).toHaveLength(1);
    screen.getByRole('checkbox', { name: en.people.verifiedOnly }).click();
    expect(fake.callsOf('verifiedOnly.inRoom')).toEqual([{ roomId: benthic.id, on: false }]);
  });

  test('who can’t read what is sent are counted before it is', () => {
    show(LeftOutNotice, { trust: limited, onshow: () => undefined });
    expect(screen.getByRole('status').textContent).toContain(en.people.leftOut(2, 3));
  });
});

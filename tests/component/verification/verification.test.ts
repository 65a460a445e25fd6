import { screen } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import type { VerificationState } from '../../../preload/model/verification';
import IdentityChanged from '../../../renderer/features/verification/IdentityChanged.svelte';
import Verification from '../../../renderer/features/verification/Verification.svelte';
import VerifyThisDevice from '../../../renderer/features/verification/VerifyThisDevice.svelte';
import { en } from '../../../renderer/i18n/en';
import { FakeTransport } from '../fake-transport';
import { heading, press } from '../keys/person';
import { services, show, type Shown } from '../show';
import { jonas, newIdentity, phone, verificationMoments } from './moments';

const t = en.verification;

function showing(state: VerificationState): Shown {
  const fake = new FakeTransport().publish('verification', state);
  for (const name of [
    'verification.accept',
    'verification.cancel',
    'verification.dismiss',
    'verification.useEmoji',
    'verification.emojiMatch',
    'verification.emojiMismatch',
    'verification.qrSeen',
    'verification.requestOwn',
    'verification.requestDevice',
    'verification.requestPerson',
  ] as const) {
    fake.answer({ [name]: () => undefined });
  }
  return show(Verification, {}, services(fake));
}

describe('a verification', () => {
  test('shows nothing while there is none', () => {
    showing({ step: 'none' });
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  test('names who asks, and leaves only by an answer', async () => {
    const { fake } = showing({ step: 'incoming', with: jonas });
    const dialog = await screen.findByRole('alertdialog', {
      name: t.titles.person('Jonas Brandt'),
    });
    expect(dialog.textContent).toContain('@jonas:uni-kueste.example');
    expect(screen.queryByRole('button', { name: en.common.close })).toBeNull();
    await press(t.accept);
    expect(fake.callsOf('verification.accept')).toHaveLength(1);
  });

  test('can be declined', async () => {
    const { fake } = showing({ step: 'incoming', with: phone });
    await press(t.decline);
    expect(fake.callsOf('verification.cancel')).toHaveLength(1);
  });

  test('shows the code, and emoji as the other way', async () => {
    const { fake } = showing(verificationMoments['verification-code']!);
    await screen.findByRole('img', { name: t.codeLabel });
    await press(t.useEmoji);
    expect(fake.callsOf('verification.useEmoji')).toHaveLength(1);
  });

  test('names every emoji, and tells whether they match', async () => {
    const { fake } = showing(verificationMoments['verification-emoji']!);
    const names = await screen.findAllByRole('listitem');
    expect(names.map((item) => item.textContent.trim().replace(/^\d+\s*\S+\s+/u, ''))).toEqual([
      'Spanner',
      'Scissors',
      'Butterfly',
      'Paperclip',
      'Horse',
      'Rooster',
      'Pin',
    ]);
    await press(t.mismatch);
    await press(t.match);
    expect(fake.callsOf('verification.emojiMismatch')).toHaveLength(1);
    expect(fake.callsOf('verification.emojiMatch')).toHaveLength(1);
  });

  test('asks whether the other side saw the right code', async () => {
    const { fake } = showing({ step: 'scanned', with: phone });
    await press(t.notSeen);
    expect(fake.callsOf('verification.qrSeen')).toEqual([{ seen: false }]);
  });

  test.each(Object.keys(t.ends) as (keyof typeof t.ends)[])(
    'says in plain words why it ended: %s',
    async (reason) => {
      const { fake } = showing({ step: 'cancelled', with: phone, reason });
      await heading(t.endTitle);
      screen.getByText(t.ends[reason]);
      if (reason === 'accepted_elsewhere') {
        expect(screen.queryByRole('button', { name: t.again })).toBeNull();
        return;
      }
      await press(t.again);
      expect(fake.callsOf('verification.dismiss')).toHaveLength(1);
      expect(fake.callsOf('verification.requestDevice')).toEqual([{ deviceId: 'PHONE' }]);
    },
  );

  test('is closed once it is done', async () => {
    const { fake } = showing({ step: 'done', with: phone });
    await heading(t.doneTitle);
    screen.getByText(t.doneDevice);
    await press(t.close);
    expect(fake.callsOf('verification.dismiss').length).toBeGreaterThan(0);
  });
});

test('this device asks the others to verify it', async () => {
  const fake = new FakeTransport().answer({ 'verification.requestOwn': () => undefined });
  show(VerifyThisDevice, {}, services(fake));
  await press(t.withDevice);
  expect(fake.callsOf('verification.requestOwn')).toHaveLength(1);
});

describe('a person with a new identity', () => {
  const people = en.people;

  test('is named above the message, with verifying and accepting as ways on', async () => {
    const fake = new FakeTransport().answer({
      'people.acceptIdentity': () => undefined,
      'verification.requestPerson': () => undefined,
    });
    show(IdentityChanged, { trust: newIdentity }, services(fake));
    expect(screen.getByRole('alert').textContent).toContain(people.changedVerified);
    await press(people.verify('Jonas Brandt'));
    await press(people.accept);
    expect(fake.callsOf('verification.requestPerson')).toEqual([{ userId: jonas.userId }]);
    expect(fake.callsOf('people.acceptIdentity')).toEqual([{ userId: jonas.userId }]);
  });

  test('is asked about one by one', () => {
    const [first] = newIdentity.changed;
    const trust = { ...newIdentity, changed: [{ ...first!, wasVerified: false }, first!] };
    show(IdentityChanged, { trust });
    expect(screen.getByRole('status').textContent).toContain(people.more(1));
  });
});

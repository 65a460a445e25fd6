import { fireEvent, screen, waitFor } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import SignIn from '../../../renderer/features/sign-in/SignIn.svelte';
import CarryOverBanner from '../../../renderer/features/recovery/CarryOverBanner.svelte';
import { en } from '../../../renderer/i18n/en';
import { FakeTransport, failure } from '../fake-transport';
import { services, show } from '../show';
import { removedElsewhere } from './moments';

const t = en.endedSession;

describe('a session the server has ended', () => {
  test('is named with its keys, and its person signs in with the password alone', async () => {
    const fake = new FakeTransport().publish('endedSession', removedElsewhere);
    show(SignIn, {}, services(fake.answer({ 'signIn.password': () => undefined })));
    await screen.findByRole('heading', { name: t.removedTitle });
    expect(screen.getByText(t.keys(12_408))).toBeTruthy();
    expect(screen.getByText(removedElsewhere.userId)).toBeTruthy();
    await fireEvent.input(screen.getByLabelText(en.signIn.password), { target: { value: 'pw' } });
    await fireEvent.click(screen.getByRole('button', { name: en.signIn.submit }));
    await waitFor(() =>
      expect(fake.callsOf('signIn.password')).toEqual([
        {
          baseUrl: removedElsewhere.homeserver.baseUrl,
          user: removedElsewhere.userId,
          password: 'pw',
        },
      ]),
    );
  });

  test('that only ran out says so, and that unsent messages are kept', async () => {
    const ended = { ...removedElsewhere, resumable: true, unsent: 2 };
    show(SignIn, {}, services(new FakeTransport().publish('endedSession', ended)));
    await screen.findByRole('heading', { name: t.expiredTitle });
    expect(screen.getByText(t.unsent(2), { exact: false })).toBeTruthy();
  });

  test('stays while somebody else looks for their server', async () => {
    show(SignIn, {}, services(new FakeTransport().publish('endedSession', removedElsewhere)));
    await fireEvent.click(await screen.findByRole('button', { name: t.other }));
    await screen.findByLabelText(en.signIn.server);
    await fireEvent.click(screen.getByRole('button', { name: t.back(removedElsewhere.userId) }));
    await screen.findByRole('heading', { name: t.removedTitle });
  });

  test('tells a wrong password at the field', async () => {
    const fake = new FakeTransport().publish('endedSession', removedElsewhere).answer({
      'signIn.password': () => {
        throw failure('wrong_password');
      },
    });
    show(SignIn, {}, services(fake));
    await fireEvent.input(await screen.findByLabelText(en.signIn.password), {
      target: { value: 'pw' },
    });
    await fireEvent.click(screen.getByRole('button', { name: en.signIn.submit }));
    await waitFor(() =>
      expect(screen.getByLabelText(en.signIn.password).getAttribute('aria-invalid')).toBe('true'),
    );
  });
});

describe('keys of earlier sign-ins', () => {
  test('are counted as they come over, with those that could not be read', async () => {
    const fake = new FakeTransport().publish('carryOver', { step: 'running', done: 2, total: 8 });
    show(CarryOverBanner, {}, services(fake));
    const bar = await screen.findByRole('progressbar');
    expect(bar.getAttribute('aria-valuenow')).toBe('2');
    fake.publish('carryOver', { step: 'done', total: 8, failed: 1 });
    await screen.findByText(`${en.carryOver.done(7)} ${en.carryOver.failed(1)}`);
  });

  test('that could not be read are tried again on request', async () => {
    const fake = new FakeTransport()
      .publish('carryOver', { step: 'interrupted', done: 2, total: 8 })
      .answer({ 'carryOver.tryAgain': () => undefined });
    show(CarryOverBanner, {}, services(fake));
    await screen.findByText(en.carryOver.interruptedTitle);
    await fireEvent.click(screen.getByRole('button', { name: en.common.retry }));
    expect(fake.callsOf('carryOver.tryAgain')).toHaveLength(1);
  });

  test('are told of again once they are here, though the interruption was closed', async () => {
    const fake = new FakeTransport().publish('carryOver', {
      step: 'interrupted',
      done: 2,
      total: 8,
    });
    show(CarryOverBanner, {}, services(fake));
    await fireEvent.click(await screen.findByRole('button', { name: en.common.close }));
    expect(screen.queryByText(en.carryOver.interruptedTitle)).toBeNull();
    fake.publish('carryOver', { step: 'done', total: 8, failed: 0 });
    await screen.findByText(en.carryOver.doneTitle);
    await fireEvent.click(screen.getByRole('button', { name: en.common.close }));
    expect(screen.queryByText(en.carryOver.doneTitle)).toBeNull();
  });
});

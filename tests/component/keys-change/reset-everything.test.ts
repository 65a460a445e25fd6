import { fireEvent, screen, waitFor } from '@testing-library/svelte';
import { describe, expect, test, vi } from 'vitest';
import type { InteractiveAuthState } from '../../../preload/model/interactive-auth';
import KeyChange from '../../../renderer/features/key-change/KeyChange.svelte';
import Restore from '../../../renderer/features/recovery/Restore.svelte';
import { keyTransport } from '../keys/key-scenes';
import { heading, keys, press, type } from '../keys/person';
import { services, show, type Shown } from '../show';
import { askedForPassword, asking, playKeyChange } from './moments';

const t = keys.lastResorts.reset;
const who = keys.whoIsThere;

function reset(): Shown {
  const shown = services(keyTransport({ keys: { state: 'needs_restore' } }));
  playKeyChange(shown.fake, 'key-lost');
  shown.fake.answer({
    'setup.secure': () => void shown.fake.publish('keyChange', asking),
    'interactiveAuth.enterPassword': () => undefined,
    'interactiveAuth.openPage': () => undefined,
    'keyChange.cancel': () => undefined,
  });
  shown.deps.flows.open('reset_everything');
  return show(KeyChange, {}, shown);
}

describe('“I lost everything”', () => {
  test('is offered where the recovery key is asked for, after everything else', async () => {
    const shown = services(keyTransport({ keys: { state: 'needs_restore' } }));
    shown.deps.flows.open('restore');
    show(Restore, {}, shown);
    await press(keys.restore.without);
    screen.getByRole('heading', { name: keys.without.lookTitle });
    await press(keys.lastResorts.lostEverything);
    expect(shown.deps.flows.current).toBe('reset_everything');
  });

  test('leads nowhere before the person has said that they understand', async () => {
    const shown = reset();
    await heading(t.title);
    for (const text of [...t.before, ...t.stays, ...t.costs]) screen.getByText(text);
    await press(t.goOn);
    await screen.findByText(t.missing);
    await fireEvent.click(screen.getByRole('checkbox'));
    await press(t.goOn);
    await heading(t.chooseTitle);
    await press('Continue');
    await heading(keys.present.title);
    expect(shown.fake.callsOf('keyChange.begin')).toEqual([
      { operation: 'reset_everything', choice: { method: 'key' } },
    ]);
    expect(shown.fake.callsOf('setup.secure')).toEqual([]);
  });

  test('leads back to entering the key, and to leaving everything as it is', async () => {
    const shown = reset();
    await press(t.enter);
    expect(shown.deps.flows.current).toBe('restore');
    shown.deps.flows.open('reset_everything');
    await press(t.stay);
    expect(shown.deps.flows.current).toBe('none');
  });
});

describe('the server’s question who is there', () => {
  function asked(state: InteractiveAuthState): Shown {
    const shown = reset();
    shown.fake.publish('keyChange', asking).publish('interactiveAuth', state);
    return shown;
  }

  test('is answered with the password, which is asked for again where it is refused', async () => {
    const shown = asked(askedForPassword);
    await heading(who.title);
    await press(who.confirm);
    await screen.findByText(who.passwordMissing);
    await type(who.passwordLabel, 'open sesame');
    await press(who.confirm);
    expect(shown.fake.callsOf('interactiveAuth.enterPassword')).toEqual([
      { password: 'open sesame' },
    ]);
    shown.fake.publish('interactiveAuth', { ...askedForPassword, refused: true });
    await screen.findByText(who.refused);
    expect(screen.getByLabelText<HTMLInputElement>(who.passwordLabel).value).toBe('');
  });

  test('is answered in the browser, whose page can be opened again', async () => {
    const shown = asked({ ...askedForPassword, ways: ['browser'] });
    expect(screen.queryByLabelText(who.passwordLabel)).toBeNull();
    await press(who.open);
    expect(shown.fake.callsOf('interactiveAuth.openPage')).toHaveLength(1);
    shown.fake.publish('interactiveAuth', {
      ...askedForPassword,
      ways: ['browser'],
      opened: true,
    });
    await screen.findByText(who.waiting);
    await press(who.openAgain);
    expect(shown.fake.callsOf('interactiveAuth.openPage')).toHaveLength(2);
  });

  test('goes when it is answered, and giving up takes everything back', async () => {
    const shown = asked(askedForPassword);
    await heading(who.title);
    await press(keys.change.giveUp);
    expect(shown.fake.callsOf('keyChange.cancel')).toHaveLength(1);
    shown.fake.publish('interactiveAuth', { step: 'none' });
    await waitFor(() => expect(screen.queryByText(who.title)).toBeNull());
  });

  test('brings the server’s question into sight', async () => {
    const seen = vi.spyOn(Element.prototype, 'scrollIntoView');
    const shown = reset();
    shown.fake
      .publish('keyChange', asking)
      .publish('interactiveAuth', { ...askedForPassword, ways: ['browser'] });
    const question = (await heading(who.title)).closest('section');
    expect(seen.mock.contexts).toContain(question);
  });
});

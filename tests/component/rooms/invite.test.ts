import { fireEvent, screen, waitFor } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import type { HistoryForInvited } from '../../../preload/model/invite';
import InviteDialog from '../../../renderer/features/rooms/InviteDialog.svelte';
import { readInviteEntry } from '../../../renderer/features/rooms/invite-entry';
import { de } from '../../../renderer/i18n/de';
import { en } from '../../../renderer/i18n/en';
import { FakeTransport, failure } from '../fake-transport';
import { room } from '../fixtures';
import { services, show } from '../show';

const t = en.invite;
const theRoom = room('Benthic ecology group');
const field = (): HTMLInputElement => screen.getByRole('textbox');

interface Opened {
  readonly fake: FakeTransport;
  readonly closed: () => number;
}

function open(
  history: () => HistoryForInvited = () => 'all',
  language: 'en' | 'de' = 'en',
): Opened {
  let closed = 0;
  const fake = new FakeTransport().answer({
    'rooms.historyForInvited': history,
    'rooms.invite': ({ userId }) => {
      if (userId.startsWith('@noor:')) throw failure('already_in_room');
      return 'all';
    },
  });
  const shown = services(fake);
  fake.publish('preferences', { language, theme: null });
  show(InviteDialog, { room: theRoom, onclose: () => closed++ }, shown);
  return { fake, closed: () => closed };
}

async function invite(text: string): Promise<void> {
  await fireEvent.input(field(), { target: { value: text } });
  await fireEvent.click(screen.getByRole('button', { name: t.invite }));
}

describe('before somebody is invited', () => {
  test.each(Object.keys(t.history) as HistoryForInvited[])(
    'what they will be able to read is said: %s',
    async (history) => {
      open(() => history);
      await screen.findByText(t.history[history]);
    },
  );

  test('it is said in German', async () => {
    open(() => 'from_joining', 'de');
    await screen.findByText(de.invite.history.from_joining);
  });

  test('not knowing is said, and is no reason not to invite', async () => {
    const { fake, closed } = open(() => {
      throw failure('offline');
    });
    await screen.findByText(t.historyUnknown);
    await invite('@aylin:example.org');
    await waitFor(() => expect(closed()).toBe(1));
    expect(fake.callsOf('rooms.invite')).toHaveLength(1);
  });
});

describe('inviting', () => {
  test('asks for everyone who is named, once each', async () => {
    const { fake, closed } = open();
    await invite('@aylin:example.org, @jonas:example.org;\n@aylin:example.org');
    await waitFor(() => expect(closed()).toBe(1));
    expect(fake.callsOf('rooms.invite')).toEqual([
      expect.objectContaining({ userId: '@aylin:example.org' }),
      expect.objectContaining({ userId: '@jonas:example.org' }),
    ]);
  });

  test('says for each person why not, and keeps them alone in the field', async () => {
    const { closed } = open();
    await invite('@aylin:example.org @noor:example.org');
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('@noor:example.org');
    expect(alert.textContent).toContain(en.errors.already_in_room({}, { duration: String }));
    expect(alert.textContent).not.toContain('aylin');
    screen.getByText(t.done(1));
    expect(field().value).toBe('@noor:example.org');
    expect(closed()).toBe(0);
  });

  test.each([
    ['', t.empty],
    ['@aylin:example.org noor', t.unreadable('noor')],
  ])('asks nobody while “%s” is entered, and says why', async (text, sentence) => {
    const { fake } = open();
    await invite(text);
    expect(field()).toHaveProperty('ariaInvalid', 'true');
    screen.getByText(sentence);
    expect(fake.callsOf('rooms.invite')).toEqual([]);
  });
});

describe('what is entered', () => {
  test('may be links to people', () => {
    expect(readInviteEntry('https://matrix.to/#/%40noor%3Aexample.org?via=example.org')).toEqual({
      userIds: ['@noor:example.org'],
      unreadable: [],
    });
  });

  test.each(['noor', '@noor', '#room:example.org', `@${'n'.repeat(250)}:example.org`, '%E0%A4'])(
    '%s is no address',
    (word) => {
      expect(readInviteEntry(word)).toEqual({ userIds: [], unreadable: [word] });
    },
  );

  test('may name a server with a port', () => {
    expect(readInviteEntry('@noor:example.org:8448').userIds).toEqual(['@noor:example.org:8448']);
  });
});

import { fireEvent, screen, waitFor } from '@testing-library/svelte';
import { describe, expect, test, vi } from 'vitest';
import { Timeline } from '../../renderer/app/timeline.svelte';
import Composer from '../../renderer/features/composer/Composer.svelte';
import RoomItem from '../../renderer/features/rooms/RoomItem.svelte';
import Message from '../../renderer/features/timeline/Message.svelte';
import { isMessage } from '../../renderer/features/timeline/rows';
import { en } from '../../renderer/i18n/en';
import { heldBackReasons, type TimelineItem } from '../../preload/model/rooms';
import { FakeTransport, failure } from './fake-transport';
import { account, message, own, room } from './fixtures';
import { services, show, type Shown } from './show';

const ignore = (): void => undefined;

function showMessage(item: TimelineItem, given?: Shown, answers = { onretry: ignore }): Shown {
  if (!isMessage(item)) throw new Error('not a message');
  return show(
    Message,
    { item, first: true, last: true, direct: false, ondiscard: ignore, ...answers },
    given,
  );
}

describe('a message', () => {
  test('stays text, whatever markup it holds', () => {
    const body = '<img src=x onerror=alert(1)><b>bold</b>';
    showMessage(
      message(body, {
        sender: { userId: '@x:y' as never, name: '<script>alert(1)</script>' },
      }),
    );
    expect(screen.getByText(body)).toBeTruthy();
    expect(document.querySelector('img, b, script')).toBeNull();
  });

  test('opens its links through the app, never in the window', async () => {
    const fake = new FakeTransport().answer({ 'links.open': () => undefined });
    showMessage(message('read https://tides.example/11.'), services(fake));
    const followed = await fireEvent.click(screen.getByRole('link'));
    expect(followed, 'the window must not navigate').toBe(false);
    expect(fake.callsOf('links.open')).toEqual([{ url: 'https://tides.example/11' }]);
  });

  test('that was not sent says so and can be sent again', async () => {
    const onretry = vi.fn();
    showMessage(own('hello', { id: 'txn', delivery: 'failed' }), undefined, { onretry });
    expect(screen.getByText('Not sent')).toBeTruthy();
    await fireEvent.click(screen.getByRole('button', { name: 'Send again' }));
    expect(onretry).toHaveBeenCalledWith('txn');
  });

  test.each(heldBackReasons)(
    'that is held back says why, and can be sent again: %s',
    async (why) => {
      const onretry = vi.fn();
      const item = own('hello', { id: 'txn', delivery: 'failed', heldBack: why });
      showMessage(item, undefined, { onretry });
      screen.getByText(en.rooms.timeline.heldBack[why]);
      await fireEvent.click(screen.getByRole('button', { name: en.rooms.timeline.retry }));
      expect(onretry).toHaveBeenCalledWith('txn');
    },
  );

  test('that waits for this device to be verified leads there', async () => {
    const fake = new FakeTransport().answer({ 'verification.requestOwn': () => undefined });
    showMessage(own('hello', { delivery: 'failed', heldBack: 'verify_own_first' }), services(fake));
    const name = en.undecryptable.actions.verify_device;
    await fireEvent.click(screen.getByRole('button', { name }));
    expect(fake.callsOf('verification.requestOwn')).toHaveLength(1);
  });

  test('explains what is doubtful about its encryption', () => {
    showMessage(message('hello', { shield: 'unknown_device' }));
    expect(screen.getByRole('button', { name: en.rooms.shield.unknown_device })).toBeTruthy();
  });
});

describe('the composer', () => {
  function compose(fake: FakeTransport): { box: HTMLTextAreaElement; given: Shown } {
    const given = services(fake);
    const here = room('Here');
    show(Composer, { room: here, timeline: new Timeline(given.deps.api, here.id) }, given);
    return { box: screen.getByRole<HTMLTextAreaElement>('textbox'), given };
  }
  const write = (box: HTMLElement, value: string): Promise<unknown> =>
    fireEvent.input(box, { target: { value } });

  test('sends on Enter and is empty again', async () => {
    const fake = new FakeTransport().answer({ 'timeline.send': () => undefined });
    const { box } = compose(fake);
    await write(box, 'Hello there\n');
    await fireEvent.keyDown(box, { key: 'Enter' });
    expect(fake.callsOf('timeline.send')).toEqual([
      { roomId: room('Here').id, body: 'Hello there' },
    ]);
    await waitFor(() => expect(box.value).toBe(''));
  });

  test.each([
    ['Shift and Enter', { key: 'Enter', shiftKey: true }],
    ['Enter that picks a candidate of an input method', { key: 'Enter', isComposing: true }],
  ])('does not send on %s', async (_, key) => {
    const fake = new FakeTransport();
    const { box } = compose(fake);
    await write(box, 'Hello');
    await fireEvent.keyDown(box, key);
    expect(fake.callsOf('timeline.send')).toEqual([]);
  });

  test('gives the text back where sending was refused', async () => {
    const fake = new FakeTransport().answer({
      'timeline.send': () => {
        throw failure('forbidden');
      },
    });
    const { box, given } = compose(fake);
    await write(box, 'Precious words');
    await fireEvent.keyDown(box, { key: 'Enter' });
    await waitFor(() => expect(box.value).toBe('Precious words'));
    expect(given.deps.toasts.current[0]?.text).toContain('do not have the right');
  });

  test('does not hand the text to the next account where sending was refused after it signed out', async () => {
    const sending = Promise.withResolvers<never>();
    const fake = new FakeTransport().answer({ 'timeline.send': () => sending.promise });
    fake.publish('app', { phase: 'signed_in', account });
    const { box, given } = compose(fake);
    await write(box, 'Precious words');
    await fireEvent.keyDown(box, { key: 'Enter' });
    fake.publish('app', { phase: 'signed_out' });
    sending.reject(failure('cancelled'));
    await new Promise((resolve) => setTimeout(resolve));
    expect(given.deps.drafts.of(room('Here').id)).toBe('');
  });

  test('keeps what was written with its room', async () => {
    const { box, given } = compose(new FakeTransport());
    await write(box, 'half a thought');
    expect(given.deps.drafts.of(room('Here').id)).toBe('half a thought');
    expect(given.deps.drafts.of(room('Elsewhere').id)).toBe('');
  });

  test('says by how much a message is too long, and does not send it', async () => {
    const { box } = compose(new FakeTransport());
    await write(box, 'x'.repeat(60_002));
    expect(screen.getByText('2 characters too many')).toBeTruthy();
    await fireEvent.keyDown(box, { key: 'Enter' });
  });
});

test('a room in the list tells name, last message and what is unread', () => {
  show(RoomItem, {
    room: room('Benthic ecology', {
      unread: 120,
      highlights: 1,
      lastMessage: { sender: 'Aylin', own: false, content: { kind: 'text', body: 'Thursday?' } },
    }),
    open: false,
    reachable: true,
    index: 0,
    onopen: ignore,
    onfocus: ignore,
  });
  const { textContent } = screen.getByRole('button');
  expect(textContent).toContain('Benthic ecology');
  expect(textContent).toContain('Aylin: Thursday?');
  expect(textContent).toContain('120 unread messages, 1 mention of you');
});

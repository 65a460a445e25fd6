import type { Frame, Page } from 'playwright';
import { beforeEach, describe, expect, test } from 'vitest';
import { WindowLink } from '../../../main/shell/chromium/window-link';
import type { Sender, ShellHost } from '../../../main/shell/shell';

interface Seen {
  readonly sender: Sender;
  readonly name: unknown;
}
let seen: Seen[];
let gone: string[];
let link: WindowLink;

const appUrl = 'https://app.holdfast.invalid/';
const call = { kind: 'invoke', name: 'echo', args: {}, document: 'one' };

beforeEach(() => {
  seen = [];
  gone = [];
  link = new WindowLink({
    invoke: (sender, name) => {
      seen.push({ sender, name });
      return Promise.resolve({ ok: true, value: null });
    },
    windowGone: (windowId) => gone.push(windowId),
  } as Partial<ShellHost> as ShellHost);
});

/** A page as Playwright describes the caller: only what is asked of it. */
function pageAt(url: string): Page {
  const frame = { url: () => url };
  const page = { mainFrame: () => frame };
  return page as unknown as Page;
}
const main = (page: Page): { page: Page; frame: Frame } => ({ page, frame: page.mainFrame() });

test('the app’s own main frame is named by origin and window', async () => {
  const page = pageAt(`${appUrl}?theme=dark`);
  await link.receive(page, main(page), call);
  expect(seen[0]).toMatchObject({
    name: 'echo',
    sender: { windowId: 'main-1', origin: 'https://app.holdfast.invalid', isMainFrame: true },
  });
});

describe('no other caller passes for it', () => {
  test.each([
    'https://app.holdfast.invalid.evil.example/',
    'https://evil.example/https://app.holdfast.invalid/',
    'http://app.holdfast.invalid/',
    'https://app.holdfast.invalid:8443/',
    'about:blank',
    'about:srcdoc',
    'data:text/html,x',
    'blob:null/1',
    'chrome-error://chromewebdata/',
    '',
  ])('at %j', async (url) => {
    const page = pageAt(url);
    await link.receive(page, main(page), call);
    expect(seen[0]?.sender.origin).not.toBe('https://app.holdfast.invalid');
    expect(seen[0]?.name).toBeNull();
  });

  test('in a sub-frame of the same origin', async () => {
    const page = pageAt(appUrl);
    const frame = { url: () => appUrl } as unknown as Frame;
    await link.receive(page, { page, frame }, call);
    expect(seen[0]).toMatchObject({ name: null, sender: { isMainFrame: false } });
  });

  test('in another window of the same origin', async () => {
    const popup = pageAt(appUrl);
    await link.receive(pageAt(appUrl), main(popup), call);
    expect(seen[0]).toMatchObject({ name: null, sender: { origin: null } });
  });

  test('and none of them is given what is pushed', async () => {
    const page = pageAt('https://evil.example/');
    const answer = await link.receive(page, main(page), { kind: 'next', document: 'one' });
    expect(answer).toEqual({ ok: true, value: null });
    expect(seen[0]?.name).toBeNull();
  });
});

test.each([null, 'text', 7, {}, { kind: 'other', document: 'one' }, { kind: 'next' }])(
  'the message %j is answered by the host’s refusal, not by an error here',
  async (message) => {
    const page = pageAt(appUrl);
    await link.receive(page, main(page), message);
    expect(seen[0]?.name).toBeNull();
  },
);

describe('pushes', () => {
  const next = { kind: 'next', document: 'one' };

  test('wait for the page, and the page for them, in order', async () => {
    const page = pageAt(appUrl);
    await link.receive(page, main(page), call);
    const { sender } = seen[0]!;
    sender.push({ subscription: 1, message: 'a' });
    sender.push({ subscription: 1, message: 'b' });
    expect(await link.receive(page, main(page), next)).toEqual([
      { subscription: 1, message: 'a' },
      { subscription: 1, message: 'b' },
    ]);
    const waiting = link.receive(page, main(page), next);
    sender.push({ subscription: 2, message: 'c' });
    expect(await waiting).toEqual([{ subscription: 2, message: 'c' }]);
  });

  test('of a document that is gone reach no other', async () => {
    const page = pageAt(appUrl);
    await link.receive(page, main(page), call);
    const waiting = link.receive(page, main(page), next);
    const { sender } = seen[0]!;
    await link.receive(page, main(page), { ...call, document: 'two' });
    expect(await waiting).toEqual([]);
    expect(gone).toEqual(['main-1']);
    expect(seen[1]?.sender.windowId).toBe('main-2');

    sender.push({ subscription: 1, message: 'late' });
    seen[1]?.sender.push({ subscription: 1, message: 'new' });
    expect(await link.receive(page, main(page), { ...next, document: 'two' })).toEqual([
      { subscription: 1, message: 'new' },
    ]);
  });
});

/**
 * The Electron adapter's denials and what it says of a caller, against a stand-in for Electron's
 * modules: its binary can't be had everywhere. tests/e2e/shell/electron.spec.ts shows the same in
 * the real one, where it is there.
 */
import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Sender, ShellHost } from '../../../main/shell/shell';

const electron = vi.hoisted(() => {
  const handlers = new Map<string, (...args: unknown[]) => unknown>();
  const partitions = new Map<string, Record<string, unknown>>();
  const appListeners = new Map<string, (...args: unknown[]) => void>();
  const keep =
    (into: Map<string, unknown>, name: string) =>
    (value: unknown): void =>
      void into.set(name, value);
  return {
    handlers,
    partitions,
    appListeners,
    module: {
      app: {
        on: (name: string, listener: (...args: unknown[]) => void) =>
          appListeners.set(name, listener),
      },
      ipcMain: {
        handle: (channel: string, handler: (...args: unknown[]) => unknown) =>
          handlers.set(channel, handler),
      },
      session: {
        fromPartition: (name: string, options: unknown) => {
          const set = new Map<string, unknown>([['options', options]]);
          partitions.set(name, set as unknown as Record<string, unknown>);
          return {
            protocol: {
              handle: (_scheme: string, serve: unknown) => set.set('serve', serve),
            },
            webRequest: { onBeforeRequest: keep(set, 'onBeforeRequest') },
            setPermissionRequestHandler: keep(set, 'permissionRequest'),
            setPermissionCheckHandler: keep(set, 'permissionCheck'),
            setDevicePermissionHandler: keep(set, 'devicePermission'),
            setDisplayMediaRequestHandler: keep(set, 'displayMedia'),
            on: (event: string, listener: unknown) => set.set(event, listener),
          };
        },
      },
    },
  };
});
vi.mock('electron', () => electron.module);

const { openPageSession } = await import('../../../main/shell/electron/sessions');
const { lockDownWebContents } = await import('../../../main/shell/electron/lockdown');
const { WindowLink } = await import('../../../main/shell/electron/window-link');

type Listener = (...args: unknown[]) => unknown;

describe('the pages’ session', () => {
  let set: Map<string, Listener>;
  beforeEach(() => {
    openPageSession(({ url }) =>
      Promise.resolve({ status: 200, headers: {}, body: new TextEncoder().encode(url) }),
    );
    set = electron.partitions.get('holdfast-pages') as unknown as Map<string, Listener>;
  });

  test('lives in memory: its partition is not a persistent one', () => {
    expect([...electron.partitions.keys()].filter((name) => name.startsWith('persist:'))).toEqual(
      [],
    );
    expect(set.get('options')).toEqual({ cache: false });
  });

  test.each([
    ['holdfast://app/', false],
    ['holdfast://app/assets/a.js', false],
    ['blob:holdfast://app/7', false],
    ['holdfast://application/', true],
    ['https://elsewhere.example/', true],
    ['file:///etc/passwd', true],
    ['data:text/html,x', true],
    ['devtools://devtools/x', true],
  ])('a request to %s is cancelled: %s', (url, cancel) => {
    const answer = vi.fn();
    set.get('onBeforeRequest')!({ url }, answer);
    expect(answer).toHaveBeenCalledWith({ cancel });
  });

  test('the scheme serves its one host only', async () => {
    const serve = set.get('serve') as (request: Request) => Promise<Response>;
    const ask = async (url: string): Promise<number> =>
      (await serve({ url, method: 'GET' } as Request)).status;
    expect(await ask('holdfast://app/index.html')).toBe(200);
    expect(await ask('holdfast://other/index.html')).toBe(404);
  });

  test('every permission, device, capture and download is refused', () => {
    const answer = vi.fn();
    set.get('permissionRequest')!(null, 'media', answer);
    expect(answer).toHaveBeenCalledWith(false);
    expect(set.get('permissionCheck')!()).toBe(false);
    expect(set.get('devicePermission')!()).toBe(false);
    const display = vi.fn();
    set.get('displayMedia')!({}, display);
    expect(display).toHaveBeenCalledWith(null);
    const download = { preventDefault: vi.fn() };
    set.get('will-download')!(download);
    expect(download.preventDefault).toHaveBeenCalledOnce();
  });
});

test('no web contents can navigate, redirect, open a window or hold a webview', () => {
  lockDownWebContents();
  let openHandler: (() => unknown) | null = null;
  const setWebRTCIPHandlingPolicy = vi.fn();
  const contents = Object.assign(new EventEmitter(), {
    setWebRTCIPHandlingPolicy,
    getURL: () => 'holdfast://app/',
    setWindowOpenHandler: (handler: () => unknown) => (openHandler = handler),
  });
  electron.appListeners.get('web-contents-created')!({}, contents);
  expect(openHandler!()).toEqual({ action: 'deny' });
  expect(setWebRTCIPHandlingPolicy).toHaveBeenCalledWith('disable_non_proxied_udp');
  const events = ['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview'];
  const refused = (event: string, url: string, isMainFrame: boolean): boolean => {
    const details = { url, isMainFrame, preventDefault: vi.fn() };
    contents.emit(event, details);
    return details.preventDefault.mock.calls.length === 1;
  };
  for (const event of events) {
    expect(refused(event, 'holdfast://app/other', true), event).toBe(true);
    expect(refused(event, 'https://elsewhere.example/', true), event).toBe(true);
  }
  // A reload of the page itself is no way elsewhere; a frame of the same address is.
  expect(refused('will-navigate', 'holdfast://app/', true)).toBe(false);
  expect(refused('will-frame-navigate', 'holdfast://app/', false)).toBe(true);
});

describe('who calls', () => {
  const seen: Sender[] = [];
  const gone: string[] = [];
  const host = {
    invoke: (sender: Sender) => {
      seen.push(sender);
      return Promise.resolve({ ok: true, value: null });
    },
    windowGone: (windowId: string) => gone.push(windowId),
  } as Partial<ShellHost> as ShellHost;
  const contents = Object.assign(new EventEmitter(), {
    isDestroyed: () => false,
    send: vi.fn(),
  });
  const appFrame = { origin: 'holdfast://app', parent: null };
  const invoke = (sender: unknown, senderFrame: unknown): Sender => {
    electron.handlers.get('holdfast:invoke')!({ sender, senderFrame }, 'app.info', {});
    return seen.at(-1)!;
  };

  beforeEach(() => {
    seen.length = gone.length = 0;
    contents.removeAllListeners();
    contents.send.mockClear();
    new WindowLink(host).attach(contents as never);
  });

  test('the app’s main frame is named by its origin', () => {
    expect(invoke(contents, appFrame)).toMatchObject({
      origin: 'holdfast://app',
      isMainFrame: true,
      windowId: 'main-0',
    });
  });

  test('a frame that is gone, a sub-frame and another window are told apart', () => {
    expect(invoke(contents, null)).toMatchObject({ origin: null, isMainFrame: false });
    expect(invoke(contents, { ...appFrame, parent: appFrame })).toMatchObject({
      isMainFrame: false,
    });
    expect(invoke(new EventEmitter(), appFrame)).toMatchObject({ origin: null });
  });

  test('a new document is a new window, and gets nothing meant for the old one', () => {
    const before = invoke(contents, appFrame);
    before.push({ subscription: 1, message: 'a' });
    contents.emit('did-start-navigation', { isMainFrame: true, isSameDocument: true });
    contents.emit('did-start-navigation', { isMainFrame: false, isSameDocument: false });
    expect(gone).toEqual([]);
    contents.emit('did-start-navigation', { isMainFrame: true, isSameDocument: false });
    expect(gone).toEqual(['main-0']);
    before.push({ subscription: 1, message: 'late' });
    expect(contents.send.mock.calls).toEqual([
      ['holdfast:push', { subscription: 1, message: 'a' }],
    ]);
    expect(invoke(contents, appFrame).windowId).toBe('main-1');
  });
});

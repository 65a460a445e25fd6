/**
 * The process of a shell alone: a host that answers calls by echo and tells the test what it is
 * asked, so that what the shell promises can be seen without the app.
 *
 * Arguments: the profile's folder, the page's folder, the transport script, the debugging port, and
 * `desktop` for the desktop's own file dialogs.
 */
import { pathToFileURL } from 'node:url';
import { reply } from '../../../main/bridge/reply';
import { requireTrustedSender } from '../../../main/bridge/trusted-sender';
import { AlreadyOpenError } from '../../../main/shell/already-open';
import { createAppScheme } from '../../../main/shell/app-scheme';
import { createOpenShell, defaultParts } from '../../../main/shell/chromium/open-shell';
import { ContentLender } from '../../../main/shell/content-lender';
import type { Sender, Shell } from '../../../main/shell/shell';
import { topicCalls, type Push } from '../../../preload/transport';
import { answeredDialogs } from './answered-dialogs';
import type { FromChild, ToChild } from './child-messages';

const [profileDir = '', rendererDir = '', transport = '', port = '', dialogs = ''] =
  process.argv.slice(2);

const tell = (message: FromChild): void => void process.send?.(message);
const event = (name: string, data: unknown = null): void => tell({ kind: 'event', name, data });

const lender = new ContentLender();
const scheme = createAppScheme({ rendererDir, lender });
let mayQuit = true;
let lastPush: ((push: Push) => void) | null = null;
let subscription = 0;

function answer(sender: Sender, name: unknown, args: unknown): unknown {
  event('invoke', { name, windowId: sender.windowId });
  if (name === topicCalls.open) {
    ({ subscription } = args as Push);
    lastPush = (push) => sender.push(push);
  }
  const { windowId, origin, isMainFrame } = sender;
  return { windowId, origin, isMainFrame, args };
}

const openShell = createOpenShell({
  ...defaultParts,
  ...(dialogs === 'desktop' ? {} : { fileDialogs: answeredDialogs }),
  transportScript: pathToFileURL(transport),
  browserSwitches: [`--remote-debugging-port=${port}`],
});

let shell: Shell;
try {
  shell = await openShell(
    {
      invoke: (sender, name, args) =>
        reply(() =>
          Promise.resolve().then(() =>
            answer(requireTrustedSender(sender, shell.appOrigin), name, args),
          ),
        ),
      windowGone: (windowId) => event('windowGone', windowId),
      serve: (request) => scheme.serve(request),
      mayQuit: () => {
        event('mayQuit', mayQuit);
        return Promise.resolve(mayQuit);
      },
      mustQuit: () => {
        event('mustQuit', null);
        return Promise.resolve();
      },
      secondStart: (args) => event('secondStart', args),
    },
    { profileDir, rendererDir },
  );
} catch (error) {
  if (!(error instanceof AlreadyOpenError)) throw error;
  process.exit(0);
}

/** What the test may ask of this process. */
const methods: Record<string, (...args: never[]) => unknown> = {
  setMayQuit: (may: boolean) => (mayQuit = may),
  lendPage: (html: string) => shell.appOrigin + lender.lendPage(html),
  lendMedia: (text: string, type: string) =>
    shell.appOrigin + lender.lendMedia(new TextEncoder().encode(text), type),
  hasSubscriber: () => lastPush !== null,
  pushNumbers: (count: number) => {
    for (let message = 0; message < count; message += 1) lastPush?.({ subscription, message });
  },
  notify: (title: string, body: string) =>
    shell.notify({ title, body, onClick: () => event('notificationClicked') }),
  capabilities: () => shell.capabilities,
  systemLocale: () => shell.systemLocale,
  renderPdf: async (url: string) => Buffer.from(await shell.renderPdf(url)).toString('base64'),
  print: (url: string) => shell.print(url),
  setTheme: (theme: 'light' | 'dark' | null) => shell.setTheme(theme),
  readClipboard: () => shell.readClipboard(),
  writeClipboard: (text: string) => shell.writeClipboard(text),
  openExternal: (url: string) => shell.openExternal(url),
  askSavePath: (question: Parameters<Shell['askSavePath']>[0]) => shell.askSavePath(question),
  askOpenPath: (question: Parameters<Shell['askOpenPath']>[0]) => shell.askOpenPath(question),
  quit: () => shell.quit(),
};

process.on('message', (message: ToChild) => {
  if (message.kind !== 'call') return;
  const { id, method, args } = message;
  void Promise.resolve()
    .then(() => methods[method]?.(...(args as never[])))
    .then(
      (value) => tell({ kind: 'returned', id, value }),
      (error: unknown) => tell({ kind: 'failed', id, message: String(error) }),
    );
});
process.once('disconnect', () => process.exit(0));

await shell.showMainWindow();
event('shown');

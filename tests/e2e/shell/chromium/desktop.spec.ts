import { execFileSync } from 'node:child_process';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, readyPage, startHost, test } from '../../../support/shell/shell-test';

const sheet =
  '<!doctype html><title>Sheet</title><style>h1 { color: rgb(9, 8, 7) }</style><h1>EsTc 1234 ÄÖ</h1>';

test('a lent page becomes a PDF with its text, on the locale’s paper', async ({ profileDir }) => {
  await using child = await startHost(profileDir, { env: { LC_ALL: 'de_DE.UTF-8' } });
  await readyPage(child);
  expect(await child.call('systemLocale')).toBe('de-DE');
  const url = String(await child.call('lendPage', sheet));
  const pdf = Buffer.from(String(await child.call('renderPdf', url)), 'base64');
  const file = join(profileDir, 'sheet.pdf');
  await writeFile(file, pdf);
  expect(execFileSync('pdftotext', [file, '-'], { encoding: 'utf8' })).toContain('EsTc 1234 ÄÖ');
  expect(execFileSync('pdfinfo', [file], { encoding: 'utf8' })).toMatch(/Page size:.*A4/);
  await expect(child.call('renderPdf', url)).rejects.toThrow(url);
});

test('printing opens the lent page in a window of its own', async ({ hosted }) => {
  const page = await hosted.readyPage();
  const url = String(await hosted.child.call('lendPage', sheet));
  const [popup] = await Promise.all([
    page.context().waitForEvent('page', (opened) => opened !== page),
    hosted.child.call('print', url),
  ]);
  await popup.waitForURL(url);
  // The main window goes on working beside the print dialog.
  expect(await page.evaluate(() => holdfast.invoke('echo', 1))).toMatchObject({ ok: true });
});

test('a print window closed by the person does not close the app', async ({ hosted }) => {
  const page = await hosted.readyPage();
  const url = String(await hosted.child.call('lendPage', sheet));
  const [popup] = await Promise.all([
    page.context().waitForEvent('page', (opened) => opened !== page),
    hosted.child.call('print', url),
  ]);
  await popup.waitForURL(url);
  const session = await popup.context().newCDPSession(popup);
  await Promise.all([popup.waitForEvent('close'), session.send('Page.close').catch(() => {})]);
  expect(await page.evaluate(() => holdfast.invoke('echo', 1))).toMatchObject({ ok: true });
  expect(hosted.child.eventsNamed('mayQuit')).toEqual([]);
});

test('the clipboard is written and read for main, not for the page', async ({ hosted }) => {
  const page = await hosted.readyPage();
  await hosted.child.call('writeClipboard', 'copied – ä');
  expect(await hosted.child.call('readClipboard')).toBe('copied – ä');
  expect(await page.evaluate(() => navigator.clipboard.readText().catch(() => 'refused'))).toBe(
    'refused',
  );
});

test('the theme follows the app’s choice', async ({ hosted }) => {
  const page = await hosted.readyPage();
  const dark = (): Promise<boolean> =>
    page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
  await hosted.child.call('setTheme', 'dark');
  await expect.poll(dark).toBe(true);
  await hosted.child.call('setTheme', 'light');
  await expect.poll(dark).toBe(false);
});

test('capabilities say what this shell can do', async ({ hosted }) => {
  expect(await hosted.child.call('capabilities')).toEqual({
    canPrint: true,
    canProtectContent: false,
    canNotify: true,
    hasTray: false,
  });
});

test('a notification is shown with the page’s permission', async ({ hosted }) => {
  const page = await hosted.readyPage();
  await page.evaluate(() => {
    const shown: unknown[] = [];
    const Real = Notification;
    Object.assign(globalThis, {
      shown,
      Notification: class extends Real {
        constructor(title: string, options?: NotificationOptions) {
          super(title, options);
          shown.push([title, options?.body, Real.permission]);
          addEventListener('test-click', () => {
            this.onclick?.(new Event('click'));
          });
        }
      },
    });
  });
  await hosted.child.call('notify', 'Berta', 'Hallo');
  await expect
    .poll(() => page.evaluate(() => Reflect.get(globalThis, 'shown') as unknown))
    .toEqual([['Berta', 'Hallo', 'granted']]);
  await page.evaluate(() => dispatchEvent(new Event('test-click')));
  await expect.poll(() => hosted.child.eventsNamed('notificationClicked')).toHaveLength(1);
});

test('a link is handed to the desktop as one argument', async ({ profileDir }) => {
  const log = join(profileDir, 'opened');
  const path = await desktopProgram(profileDir, 'xdg-open', `printf '%s' "$*" > '${log}'`);
  await using child = await startHost(profileDir, { env: { PATH: path } });
  await readyPage(child);
  await child.call('openExternal', 'https://example.org/?a=1&b=$(id) c');
  await expect
    .poll(() => readFile(log, 'utf8').catch(() => ''))
    .toBe('https://example.org/?a=1&b=$(id) c');
});

test.describe('the desktop’s file dialogs', () => {
  const question = {
    title: 'Save',
    folder: '/home/ada',
    fileName: 'key.txt',
    kinds: [{ label: 'Text', extensions: ['txt'] }],
  };

  test('ask through zenity, and give the chosen path', async ({ profileDir }) => {
    const log = join(profileDir, 'asked');
    const path = await desktopProgram(
      profileDir,
      'zenity',
      `printf '%s\\n' "$@" > '${log}'; printf '/home/ada/my key.txt\\n'`,
    );
    await using child = await startHost(profileDir, { dialogs: 'desktop', env: { PATH: path } });
    await readyPage(child);
    expect(await child.call('askSavePath', question)).toBe('/home/ada/my key.txt');
    expect((await readFile(log, 'utf8')).split('\n')).toEqual([
      '--file-selection',
      '--save',
      '--title=Save',
      '--filename=/home/ada/key.txt',
      '--file-filter=Text | *.txt',
      '',
    ]);
  });

  test('give nothing where the person cancels', async ({ profileDir }) => {
    const path = await desktopProgram(profileDir, 'zenity', 'exit 1');
    await using child = await startHost(profileDir, { dialogs: 'desktop', env: { PATH: path } });
    await readyPage(child);
    expect(await child.call('askOpenPath', question)).toBeNull();
  });

  test('let the person type the path where the desktop has none', async ({ profileDir }) => {
    const broken = await desktopProgram(profileDir, 'zenity', 'exit 255');
    const path = await desktopProgram(profileDir, 'kdialog', 'exit 255', broken);
    await using child = await startHost(profileDir, { dialogs: 'desktop', env: { PATH: path } });
    const page = await readyPage(child);
    const typed = page.waitForEvent('dialog').then(async (dialog) => {
      expect(dialog.defaultValue()).toBe('/home/ada/key.txt');
      await dialog.accept('/home/ada/other.txt');
    });
    expect(await child.call('askSavePath', question)).toBe('/home/ada/other.txt');
    await typed;
  });
});

/** Puts a program of that name first on the PATH. */
async function desktopProgram(
  folder: string,
  name: string,
  script: string,
  path = process.env['PATH'] ?? '',
): Promise<string> {
  const bin = join(folder, 'bin');
  await mkdir(bin, { recursive: true });
  await writeFile(join(bin, name), `#!/bin/sh\n${script}\n`);
  await chmod(join(bin, name), 0o755);
  return path.startsWith(`${bin}:`) ? path : `${bin}:${path}`;
}

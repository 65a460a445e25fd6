/** What a browser writes of the window: nothing that could be read, and nothing that stays. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { filesBelow, readIfThere } from '../../../support/files-below';
import { expect, readyPage, startHost, test } from '../../../support/shell/shell-test';

const canary = 'Canary-7f3a91';

test('neither titles nor texts nor addresses reach the browser’s files', async ({ profileDir }) => {
  await using child = await startHost(profileDir);
  const page = await readyPage(child);
  await page.evaluate((text) => {
    document.title = `Room ${text}`;
    document.body.append(text);
    history.replaceState(null, '', `/?room=${text}`);
  }, canary);
  await page.locator('textarea').fill(canary);
  const lent = String(await child.call('lendPage', `<title>${canary}</title><h1>${canary}</h1>`));
  await child.call('renderPdf', lent);

  const home = await homeOf(child.process.pid!);
  // A closed browser has written whatever it was going to; so look before and after.
  expect(await filesWith(home, canary)).toEqual([]);
  await child.call('setMayQuit', false);
  const session = await page.context().newCDPSession(page);
  await session.send('Browser.close').catch(() => {});
  await expect.poll(() => child.eventsNamed('mayQuit')).toEqual([false]);
  expect(await filesWith(profileDir, canary)).toEqual([]);
});

async function homeOf(pid: number): Promise<string> {
  const name = (await readdir('/dev/shm')).find((entry) =>
    entry.startsWith(`holdfast-window-${pid}-`),
  );
  return join('/dev/shm', name!);
}

async function filesWith(folder: string, text: string): Promise<string[]> {
  const found: string[] = [];
  for await (const path of filesBelow(folder)) {
    const content = await readIfThere(path);
    if (content.includes(text) || content.includes(Buffer.from(text, 'utf16le'))) found.push(path);
  }
  return found;
}

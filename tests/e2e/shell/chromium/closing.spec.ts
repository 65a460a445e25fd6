import { execFileSync } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { expect, readyPage, startHost, test } from '../../../support/shell/shell-test';

test('a closed window ends the app where it may, and leaves nothing behind', async ({ hosted }) => {
  const { child } = hosted;
  const pid = child.process.pid!;
  expect(await homesOf(pid)).toHaveLength(1);
  await child.closeWindow();
  expect(await child.exited()).toBe(0);
  expect(child.eventsNamed('mayQuit')).toEqual([true]);
  await expectNothingLeft(pid, child.port);
});

test('a window closed while the app must ask comes back', async ({ hosted }) => {
  const { child } = hosted;
  await child.call('setMayQuit', false);
  // As a page that was never clicked into closes: without asking.
  await (await child.page()).close();
  await expect.poll(() => child.eventsNamed('mayQuit')).toEqual([false]);
  await expect.poll(() => child.eventsNamed('windowGone')).toEqual(['main-1']);
  const page = await readyPage(child);
  await expect(page.locator('h1')).toHaveText('Shell under test');

  await child.call('setMayQuit', true);
  await child.closeWindow();
  expect(await child.exited()).toBe(0);
});

test('a window in use is asked before it closes, and keeps what is in it', async ({ hosted }) => {
  const { child } = hosted;
  const page = await hosted.readyPage();
  await child.call('setMayQuit', false);
  // This client leaves the dialog to the app.
  page.on('dialog', () => {});
  await page.locator('textarea').click();
  await page.keyboard.type('draft');
  await child.closeWindow();
  await expect.poll(() => child.eventsNamed('mayQuit')).toEqual([false]);
  await expect(page.locator('textarea')).toHaveValue('draft');
  expect(child.eventsNamed('windowGone')).toEqual([]);

  await child.call('setMayQuit', true);
  await child.closeWindow();
  expect(await child.exited()).toBe(0);
});

test('a killed app takes its browser along, and the next start sweeps its folder', async ({
  profileDir,
}) => {
  const child = await startHost(profileDir);
  await readyPage(child);
  const killed = child.process.pid!;
  await child.stop('SIGKILL');
  await expect.poll(() => browsersOn(child.port)).toEqual([]);
  expect(await homesOf(killed)).toHaveLength(1);

  await using next = await startHost(profileDir);
  await readyPage(next);
  expect(await homesOf(killed)).toEqual([]);
});

test('SIGTERM ends everything', async ({ hosted }) => {
  const { child } = hosted;
  await child.stop('SIGTERM');
  expect(child.process.exitCode).toBe(0);
  await expectNothingLeft(child.process.pid!, child.port);
});

test('a second start on the profile brings the first window forward and ends', async ({
  hosted,
}) => {
  const second = await startHost(hosted.profileDir);
  expect(await second.exited()).toBe(0);
  await expect.poll(() => hosted.child.eventsNamed('secondStart')).toHaveLength(1);
  expect(second.eventsNamed('shown')).toEqual([]);
});

test('a crashed page is opened again', async ({ hosted }) => {
  const { child } = hosted;
  const page = await hosted.readyPage();
  const session = await page.context().newCDPSession(page);
  await session.send('Page.crash').catch(() => {});
  await expect.poll(() => child.eventsNamed('windowGone')).toEqual(['main-1']);
  const again = await readyPage(child);
  await expect(again.locator('h1')).toHaveText('Shell under test');
  expect(child.eventsNamed('mayQuit')).toEqual([]);
});

/** The browser's own children end a moment after it. */
async function expectNothingLeft(pid: number, port: number): Promise<void> {
  await expect.poll(() => browsersOn(port)).toEqual([]);
  await expect.poll(() => homesOf(pid)).toEqual([]);
}

async function homesOf(pid: number): Promise<string[]> {
  return (await readdir('/dev/shm')).filter((name) => name.startsWith(`holdfast-window-${pid}-`));
}

/** Browser processes whose window answers on this debugging port. */
function browsersOn(port: number): string[] {
  const processes = execFileSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8' });
  return processes
    .split('\n')
    .filter((line) => line.includes(`--remote-debugging-port=${port}`) && line.includes('chrom'));
}

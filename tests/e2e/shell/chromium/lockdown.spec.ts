import { execFileSync } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { filesBelow } from '../../../support/files-below';
import { expect, test } from '../../../support/shell/shell-test';

test('a link to elsewhere leads nowhere', async ({ hosted }) => {
  const page = await hosted.readyPage();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.locator('#elsewhere').click();
  await page.evaluate(() => {
    location.href = 'https://elsewhere.example/by-script';
  });
  await page.evaluate(() => {
    location.href = 'data:text/html,elsewhere';
  });
  await expect(page.locator('h1')).toHaveText('Shell under test');
  expect(page.url()).toBe('https://app.holdfast.invalid/');
  expect(asked).toEqual([]);
});

test('a new window is closed before it shows anything', async ({ hosted }) => {
  const page = await hosted.readyPage();
  const context = page.context();
  for (const open of [
    () => page.locator('#new-window').click(),
    () => page.evaluate(() => void window.open('https://elsewhere.example/', '', 'popup')),
    () => page.evaluate(() => void window.open('/', '', 'popup')),
  ]) {
    await open();
    await expect.poll(() => context.pages().length).toBe(1);
  }
  expect(page.url()).toBe('https://app.holdfast.invalid/');
});

test('permissions are denied without a question', async ({ hosted }) => {
  const page = await hosted.readyPage();
  const states = await page.evaluate(async () => {
    const names = ['geolocation', 'camera', 'microphone', 'clipboard-read', 'midi'];
    const queried = await Promise.all(
      names.map(async (name) => {
        const { state } = await navigator.permissions.query({ name: name as PermissionName });
        return [name, state];
      }),
    );
    const position = await new Promise<string>((resolve) => {
      navigator.geolocation.getCurrentPosition(
        () => resolve('given'),
        (error) => resolve(`refused ${error.code}`),
      );
    });
    return { ...Object.fromEntries(queried), position } as Record<string, string>;
  });
  expect(states).toEqual({
    geolocation: 'denied',
    camera: 'denied',
    microphone: 'denied',
    'clipboard-read': 'denied',
    midi: 'denied',
    position: 'refused 1',
  });
});

test('a download by the page saves nothing', async ({ hosted }) => {
  const page = await hosted.readyPage();
  await page.locator('#download').click();
  await page.evaluate(() => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob(['text']));
    link.download = 'blob.txt';
    link.click();
  });
  await expect(page.locator('h1')).toHaveText('Shell under test');
  const own = `holdfast-window-${String(hosted.child.process.pid)}-`;
  const homes = (await readdir('/dev/shm')).filter((name) => name.startsWith(own));
  expect(homes).toHaveLength(1);
  for await (const file of filesBelow(`/dev/shm/${homes[0]!}`)) {
    expect(file).not.toMatch(/style\.css|blob\.txt|crdownload/);
  }
});

test('the browser’s own shortcuts are taken, typing is not', async ({ hosted }) => {
  const page = await hosted.readyPage();
  await page.evaluate(() => {
    const taken: string[] = [];
    Object.assign(globalThis, { taken });
    addEventListener('keydown', (event) => {
      if (event.defaultPrevented) taken.push(event.key);
    });
  });
  const browsers = ['Control+t', 'Control+n', 'Control+w', 'Control+Shift+i', 'F12', 'Control+r'];
  for (const keys of browsers) await page.keyboard.press(keys);
  expect(await page.evaluate(() => Reflect.get(globalThis, 'taken') as unknown)).toEqual([
    't',
    'n',
    'w',
    'i',
    'F12',
    'r',
  ]);
  await page.locator('textarea').focus();
  await page.keyboard.type('twn');
  await expect(page.locator('textarea')).toHaveValue('twn');
});

test('the context menu, and with it "Inspect", stays away from the page', async ({ hosted }) => {
  const page = await hosted.readyPage();
  const prevented = page.evaluate(
    () =>
      new Promise<boolean>((resolve) => {
        addEventListener('contextmenu', (event) => resolve(event.defaultPrevented), { once: true });
      }),
  );
  await page.locator('h1').click({ button: 'right' });
  expect(await prevented).toBe(true);
});

test('a peer connection finds no way out', async ({ hosted }) => {
  const page = await hosted.readyPage();
  const candidates = await page.evaluate(async () => {
    const connection = new RTCPeerConnection({ iceServers: [{ urls: 'stun:127.0.0.1:3478' }] });
    const found: string[] = [];
    const gathered = new Promise<void>((resolve) => {
      connection.onicecandidate = ({ candidate }) => {
        if (candidate === null) resolve();
        else if (/ udp /i.test(candidate.candidate)) found.push(candidate.candidate);
      };
    });
    connection.createDataChannel('out');
    await connection.setLocalDescription();
    await gathered;
    return found;
  });
  expect(candidates).toEqual([]);
});

test('the browser runs with its sandbox, and never as root', async ({ hosted }) => {
  await hosted.readyPage();
  const processes = execFileSync('ps', ['-eo', 'pid,ppid,uid,args'], { encoding: 'utf8' });
  const browsers = processes
    .split('\n')
    .filter((line) => line.includes(`holdfast-window-${hosted.child.process.pid}-`));
  expect(browsers.length).toBeGreaterThan(0);
  for (const line of browsers) {
    expect(line).not.toMatch(/--no-sandbox|--disable-[a-z-]*sandbox/);
    expect(line.trim().split(/\s+/)[2]).not.toBe('0');
  }
});

test('the window is the page’s alone: no bar of the browser above it', async ({ hosted }) => {
  const page = await hosted.readyPage();
  // A bar is 56 pixels high; less than that may be the desktop's title.
  expect(await page.evaluate(() => outerHeight - innerHeight)).toBeLessThan(50);
});

import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

/** Everything a demo starts inherits its environment: this variable finds it again. */
const MARK = 'HOLDFAST_TEST_MARK';

let data: string;
let mark: string;
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'holdfast-demo-'));
  mark = randomUUID();
});
afterEach(() => rm(data, { recursive: true, force: true }));

it('opens a window, tells how to sign in, and leaves no process behind on Ctrl+C', async () => {
  const { demo, lines } = startDemo();
  await waitForPicture(demo, lines);
  const text = lines.join('\n');
  expect(text).toMatch(/Server +http:\/\/localhost:\d+/);
  expect(text).toMatch(/User +robin/);
  expect(text).toMatch(/Password +demo-\w+/);
  expect((await stat(join(data, 'screenshots', 'window.png'))).size).toBeGreaterThan(10_000);
  const running = (await markedProcesses()).join('\n');
  for (const part of [/chromium|electron/i, /synapse/, /gnome-keyring-daemon/, /Xvfb/]) {
    expect(running).toMatch(part);
  }

  demo.kill('SIGINT');
  const [code] = (await once(demo, 'exit')) as [number];
  expect(code).toBe(130);
  await vi.waitUntil(async () => (await markedProcesses()).length === 0, { timeout: 60_000 });
});

it('leaves no process behind when it is killed', async () => {
  const { demo, lines } = startDemo();
  await waitForPicture(demo, lines);
  demo.kill('SIGKILL');
  await once(demo, 'exit');
  await vi.waitUntil(async () => (await markedProcesses()).length === 0, { timeout: 60_000 });
});

function startDemo(): { demo: ChildProcess; lines: string[] } {
  const env: NodeJS.ProcessEnv = { ...process.env, [MARK]: mark };
  // As on a machine without a desktop, whatever this one has.
  for (const name of ['DISPLAY', 'WAYLAND_DISPLAY', 'DBUS_SESSION_BUS_ADDRESS']) {
    Reflect.deleteProperty(env, name);
  }
  const demo = spawn(process.execPath, ['scripts/demo.mjs', `--data=${data}`], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  createInterface({ input: demo.stdout }).on('line', (line) => lines.push(line));
  return { demo, lines };
}

async function waitForPicture(demo: ChildProcess, lines: readonly string[]): Promise<void> {
  await vi.waitUntil(
    () => {
      if (demo.exitCode !== null) throw new Error(`the demo ended:\n${lines.join('\n')}`);
      return lines.some((line) => line.startsWith('A picture of it'));
    },
    { timeout: 120_000, interval: 100 },
  );
}

/** The command lines of all processes that carry the mark. */
async function markedProcesses(): Promise<string[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    ids.map(async (id) => {
      // A process may end between the listing and the look at it.
      const environment = await readFile(`/proc/${id}/environ`, 'utf8').catch(() => '');
      if (!environment.includes(mark)) return undefined;
      return readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => undefined);
    }),
  );
  return found.filter((line) => line !== undefined);
}

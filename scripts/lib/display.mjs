/** A virtual display for machines without a screen, and pictures of what is on it. */
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { spawnLeashed } from './leash.mjs';
import { encodePng } from './png.mjs';
import { decodeXwd } from './xwd.mjs';

/**
 * @typedef {object} Display
 * @property {string} name for the environment variable DISPLAY, as ":99"
 * @property {(file: string) => Promise<void>} screenshot writes the whole screen as PNG
 * @property {() => Promise<void>} stop
 */

/** Whether this process can open windows as it is. */
export function hasDisplay(env = process.env) {
  if (process.platform !== 'linux') return true;
  return Boolean(env['DISPLAY'] ?? env['WAYLAND_DISPLAY']);
}

/**
 * Starts Xvfb on a display number of its own choosing.
 *
 * @param {{ width?: number, height?: number }} [size] in pixels
 * @returns {Promise<Display>}
 */
export async function startDisplay({ width = 1280, height = 860 } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-display-'));
  const screen = ['-screen', '0', `${width}x${height}x24`, '-fbdir', folder];
  const xvfb = spawnLeashed(
    'Xvfb',
    ['-displayfd', '1', ...screen, '-nolisten', 'tcp', '-dpi', '96'],
    { stdout: 'pipe' },
  );
  let written = '';
  xvfb.child.stdout?.on('data', (chunk) => {
    written += String(chunk);
  });
  const end = Date.now() + 15_000;
  while (!/^\d+\n/.test(written)) {
    if (!xvfb.running() || Date.now() > end) {
      await xvfb.stop();
      throw new Error('Xvfb gave no display');
    }
    await delay(20);
  }
  const framebuffer = join(folder, 'Xvfb_screen0');
  return {
    name: `:${written.trim()}`,
    screenshot: async (file) => {
      if (!existsSync(framebuffer)) throw new Error('the virtual display has no framebuffer');
      await writeFile(file, encodePng(decodeXwd(await readFile(framebuffer))));
    },
    stop: async () => {
      await xvfb.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A virtual display for machines without a screen, and pictures of what is on it. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { spawnLeashed } from './leash.mjs';
import { encodePng } from './png.mjs';
import { makeScratchFolder, removeScratchFolder } from './scratch.mjs';
import { decodeXwd } from './xwd.mjs';

/**
 * @typedef {object} Display
 * @property {string} name for the environment variable DISPLAY, as ":99"
 * @property {(file: string) => Promise<void>} screenshot writes the whole screen as PNG
 * @property {() => Promise<boolean>} showsWindow whether a window is there with something in it
 * @property {() => Promise<void>} stop
 */

/** An empty window has a few shades of its frame; text has many at its edges. */
const shadesOfFrame = 24;

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
  const folder = await makeScratchFolder('holdfast-display');
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
  const picture = async () => decodeXwd(await readFile(framebuffer));
  return {
    name: `:${written.trim()}`,
    screenshot: async (file) => {
      await writeFile(file, encodePng(await picture()));
    },
    showsWindow: async () => {
      const { rgb } = await picture();
      let painted = 0;
      const shades = new Set();
      for (let at = 0; at < rgb.length; at += 30) {
        // The bare screen is black.
        if (rgb[at] !== 0) painted += 1;
        shades.add(rgb[at]);
      }
      return painted > rgb.length / 30 / 10 && shades.size > shadesOfFrame;
    },
    stop: async () => {
      await xvfb.stop();
      await removeScratchFolder(folder);
    },
  };
}

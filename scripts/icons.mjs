/**
 * `npm run icons`: draws assets/icons/icon.svg in every size and container the platforms want. Run
 * after a change of the drawing; the results are part of the repository.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { encodeIcns, encodeIco, pictureOf } from './lib/icon-files.mjs';
import { main } from './lib/main.mjs';
import { dependencies, root } from './lib/paths.mjs';
import { say } from './lib/progress.mjs';
import { setUp } from './lib/setup.mjs';
import { findExecutable } from './lib/system-packages.mjs';

const SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
const LINUX_SIZES = [16, 24, 32, 48, 64, 128, 256, 512];
const folder = join(root, 'assets', 'icons');

await main(async () => {
  await setUp('app');
  const drawing = await readFile(join(folder, 'icon.svg'), 'utf8');
  const pictures = await render(drawing);
  await mkdir(join(folder, 'linux'), { recursive: true });
  for (const size of LINUX_SIZES) {
    await writeFile(join(folder, 'linux', `${size}x${size}.png`), pictureOf(pictures, size));
  }
  await writeFile(join(folder, 'icon.png'), pictureOf(pictures, 1024));
  await writeFile(join(folder, 'icon.ico'), encodeIco(pictures));
  await writeFile(join(folder, 'icon.icns'), encodeIcns(pictures));
  say(`Icons drawn in ${SIZES.length} sizes.`);
});

/** @param {string} drawing @returns {Promise<Map<number, Buffer>>} PNG by edge length in pixels */
async function render(drawing) {
  const executablePath = findExecutable('chromium');
  const { chromium } = await import(
    pathToFileURL(join(dependencies, 'playwright', 'index.mjs')).href
  );
  const browser = await chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    // The only page is the drawing of this repository; root has no sandbox to give.
    chromiumSandbox: process.getuid?.() !== 0,
  });
  const pictures = new Map();
  for (const size of SIZES) {
    const page = await browser.newPage({ viewport: { width: size, height: size } });
    await page.setContent(
      `<style>body{margin:0;background:transparent}svg{display:block;width:${size}px}</style>${drawing}`,
    );
    pictures.set(size, await page.screenshot({ omitBackground: true }));
    await page.close();
  }
  await browser.close();
  return pictures;
}

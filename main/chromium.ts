/** Entry point of the app in a window of the installed Chromium. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startHoldfast } from './index';
import { AlreadyOpenError } from './shell/already-open';
import { createOpenShell, defaultParts, type ChromiumParts } from './shell/chromium/open-shell';
import { leaveHeapsToThreads } from './shell/chromium/thread-heaps';
import { readStartOptions } from './shell/start-options';

/** Starts the app; `parts` replaces what the desktop would give. */
export async function startOnChromium(parts: Partial<ChromiumParts> = {}): Promise<void> {
  const builtMain = import.meta.dirname;
  const { profileDir } = readStartOptions(process.argv.slice(2));
  const transportScript = pathToFileURL(join(builtMain, '../preload/chromium.cjs'));
  await startHoldfast(createOpenShell({ ...defaultParts, transportScript, ...parts }), {
    profileDir,
    rendererDir: join(builtMain, '../renderer'),
    engineWorker: pathToFileURL(join(builtMain, 'engine.js')),
    sheetThread: pathToFileURL(join(builtMain, 'sheet.js')),
  });
}

if (import.meta.main) {
  leaveHeapsToThreads();
  try {
    await startOnChromium();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(error instanceof AlreadyOpenError ? 0 : 1);
  }
}

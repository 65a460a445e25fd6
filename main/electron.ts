/** Entry point of the app in Electron. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app, dialog } from 'electron';
import { startHoldfast } from './index';
import { AlreadyOpenError } from './shell/already-open';
import { createOpenShell } from './shell/electron/open-shell';
import { prepareElectron } from './shell/electron/prepare';
import { readStartOptions } from './shell/start-options';

async function start(): Promise<void> {
  const builtMain = import.meta.dirname;
  const { profileDir } = readStartOptions(process.argv.slice(1));
  if (!prepareElectron(profileDir)) return;
  await startHoldfast(createOpenShell({ preload: join(builtMain, '../preload/preload.cjs') }), {
    profileDir,
    rendererDir: join(builtMain, '../renderer'),
    engineWorker: pathToFileURL(join(builtMain, 'engine.js')),
    sheetThread: pathToFileURL(join(builtMain, 'sheet.js')),
  });
}

// Not awaited at the top level: Electron is not ready before its entry module has run.
start().catch((error: unknown) => {
  if (error instanceof AlreadyOpenError) {
    app.exit(0);
    return;
  }
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${message}\n`);
  dialog.showErrorBox('Holdfast', message);
  app.exit(1);
});

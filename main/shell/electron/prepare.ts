/**
 * What must be settled before Electron is ready: called by the entry point before anything is
 * awaited.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { app, dialog, protocol } from 'electron';
import { startRefusal } from '../refused-switches';
import { appScheme } from './app-origin';

/** The folder under the profile that belongs to Electron and to this adapter. */
export function shellFolder(profileDir: string): string {
  return join(profileDir, 'shell');
}

/**
 * @param profileDir Electron keeps its own files under it, and its lock for one process
 * @returns false where the app must not start; it is ending then
 */
export function prepareElectron(profileDir: string): boolean {
  const refusal = app.isPackaged ? startRefusal((name) => app.commandLine.hasSwitch(name)) : null;
  if (refusal !== null) {
    process.stderr.write(`${refusal}\n`);
    dialog.showErrorBox('Holdfast', refusal);
    app.exit(1);
    return false;
  }
  app.enableSandbox();
  const ownFiles = shellFolder(profileDir);
  mkdirSync(ownFiles, { recursive: true, mode: 0o700 });
  app.setPath('userData', ownFiles);
  protocol.registerSchemesAsPrivileged([
    { scheme: appScheme, privileges: { standard: true, secure: true, stream: true } },
  ]);
  return true;
}

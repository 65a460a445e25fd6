/** Whether Electron can run here. Its package brings no binary: that is fetched on first use. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const packageFolder = fileURLToPath(new URL('../../../node_modules/electron', import.meta.url));

/** The binary's absolute path; null where it was not fetched. */
export function electronBinary(): string | null {
  try {
    const name = readFileSync(join(packageFolder, 'path.txt'), 'utf8').trim();
    const folder = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(packageFolder, 'dist');
    const binary = join(folder, name);
    return existsSync(binary) ? binary : null;
  } catch {
    return null;
  }
}

/** Why tests in Electron are not run; null where they are. */
export function electronMissing(): string | null {
  return electronBinary() === null
    ? 'not run, because the Electron binary is not installed here (its package fetches it from ' +
        'outside the npm registry)'
    : null;
}

import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

let built: Promise<URL> | null = null;

/** The script of the threads that decrypt backed-up keys, built once for all engines of a process. */
export function builtDecryptionThread(): Promise<URL> {
  built ??= buildIt();
  return built;
}

async function buildIt(): Promise<URL> {
  // From the project's folder, where all tests and benches run: this file may itself be bundled.
  const entry = resolve('main/engine/keys/restore/decryption-thread.ts');
  // One for each process: several build at the same time.
  const outfile = resolve(`.cache/threads/decryption-${process.pid}.mjs`);
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'warning',
  });
  return pathToFileURL(outfile);
}

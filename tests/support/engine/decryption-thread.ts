import { pathToFileURL, fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const at = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

let built: Promise<URL> | null = null;

/** The script of the threads that decrypt backed-up keys, built once for all engines of a process. */
export function builtDecryptionThread(): Promise<URL> {
  built ??= buildIt();
  return built;
}

async function buildIt(): Promise<URL> {
  // One for each process: several build at the same time.
  const outfile = at(`.cache/threads/decryption-${process.pid}.mjs`);
  await build({
    entryPoints: [at('main/engine/keys/restore/decryption-thread.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'warning',
  });
  return pathToFileURL(outfile);
}

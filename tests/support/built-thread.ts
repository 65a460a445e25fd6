import { basename, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const built = new Map<string, Promise<URL>>();

/**
 * The script of one of the app's threads, built once for all tests of a process.
 *
 * @param entry from the project's folder, where all tests and benches run: this file may itself be
 *   bundled
 */
export function builtThread(entry: string): Promise<URL> {
  const script = built.get(entry) ?? buildIt(entry);
  built.set(entry, script);
  return script;
}

async function buildIt(entry: string): Promise<URL> {
  // One for each process: several build at the same time.
  const outfile = resolve(`.cache/threads/${basename(entry, '.ts')}-${process.pid}.mjs`);
  await build({
    entryPoints: [resolve(entry)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'warning',
  });
  return pathToFileURL(outfile);
}

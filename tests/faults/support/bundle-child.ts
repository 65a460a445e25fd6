/** Bundles the processes that the fault tests start, and break. */
import { buildSync } from 'esbuild';
import { basename, join } from 'node:path';
import { faultsBuildDir, faultsSourceDir } from './places';

/**
 * Bundles a script of the fault tests for Node.
 *
 * @param entry below tests/faults
 * @returns the bundle's path, its own for each process that builds
 */
export function bundleChild(entry: string): string {
  const outfile = join(faultsBuildDir, `${basename(entry, '.ts')}-${process.pid}.mjs`);
  buildSync({
    entryPoints: [join(faultsSourceDir, entry)],
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    outfile,
    logLevel: 'error',
  });
  return outfile;
}

/** Where the processes that tests start are built to, and how. */
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const at = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

export const childBuilds = {
  app: at('.cache/e2e/app-child.mjs'),
  host: at('.cache/e2e/host-child.mjs'),
  transport: at('.cache/e2e/page-transport.cjs'),
} as const;

export const hostPage = at('tests/support/shell/page');
export const builtEntry = at('out/main/chromium.js');
export const builtElectronEntry = at('out/main/electron.js');

/** Bundles the children; the app itself is built by `npm run build`. */
export async function buildChildren(): Promise<void> {
  const forNode = {
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'warning',
  } as const;
  await Promise.all([
    build({
      ...forNode,
      entryPoints: [at('tests/support/shell/app-child.ts')],
      outfile: childBuilds.app,
    }),
    build({
      ...forNode,
      entryPoints: [at('tests/support/shell/host-child.ts')],
      outfile: childBuilds.host,
    }),
    build({
      entryPoints: [at('main/shell/chromium/page-transport.ts')],
      bundle: true,
      format: 'cjs',
      logLevel: 'warning',
      outfile: childBuilds.transport,
    }),
  ]);
}

/** Bundles the app that is killed: as few files as the packaged app has, and as quick to start. */
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

export interface BuiltApp {
  readonly child: string;
  readonly engine: string;
}

/** The same packages as in the packaged app stay outside. */
const external = ['electron', 'playwright*', 'better-sqlite3-multiple-ciphers', 'keytar'];
const wasm = join('pkg', 'matrix_sdk_crypto_wasm_bg.wasm');

/** @param root the project's folder */
export async function buildApp(root: string): Promise<BuiltApp> {
  const folder = join(root, '.cache', 'faults', `app-${String(process.pid)}`);
  await mkdir(join(folder, 'pkg'), { recursive: true });
  await copyFile(
    join(root, 'node_modules', '@matrix-org', 'matrix-sdk-crypto-wasm', wasm),
    join(folder, wasm),
  );
  await build({
    absWorkingDir: root,
    entryPoints: {
      child: 'tests/faults/kills/app-child.ts',
      // These find each other by their names, as the app's build gives them.
      engine: 'main/engine/worker.ts',
      decryption: 'main/engine/keys/restore/decryption-thread.ts',
    },
    outdir: folder,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    external,
    logLevel: 'warning',
    // Packages written for CommonJS ask for Node's modules this way.
    banner: {
      js: "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);",
    },
  });
  return { child: join(folder, 'child.js'), engine: join(folder, 'engine.js') };
}

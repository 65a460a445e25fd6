/** The engine's threads as the packaged app has them, for tests that start the engine as main does. */
import { copyFile, mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const wasm = join('pkg', 'matrix_sdk_crypto_wasm_bg.wasm');
let built: Promise<URL> | null = null;

/** The engine's script, built once for all tests of a process. */
export function builtEngine(): Promise<URL> {
  built ??= buildIt();
  return built;
}

async function buildIt(): Promise<URL> {
  // One for each process: several build at the same time.
  const folder = resolve('.cache', 'threads', `engine-${process.pid}`);
  await mkdir(join(folder, 'pkg'), { recursive: true });
  const source = resolve('node_modules', '@matrix-org', 'matrix-sdk-crypto-wasm', wasm);
  await copyFile(source, join(folder, wasm));
  await build({
    // These find each other by their names, as the app's build gives them.
    entryPoints: {
      engine: 'main/engine/worker.ts',
      decryption: 'main/engine/keys/restore/decryption-thread.ts',
    },
    outdir: folder,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    external: ['better-sqlite3-multiple-ciphers'],
    logLevel: 'warning',
    // Packages written for CommonJS ask for Node's modules this way.
    banner: {
      js: "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);",
    },
  });
  return pathToFileURL(join(folder, 'engine.js'));
}

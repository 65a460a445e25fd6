import { readFile } from 'node:fs/promises';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'electron-vite';
import { version } from './package.json';

const external = [/^electron/, /^playwright/, 'better-sqlite3-multiple-ciphers', 'keytar'];

/** The crypto library reads its WebAssembly from `pkg/` beside the script that carries it. */
const cryptoWasm = {
  name: 'crypto-wasm',
  async generateBundle(this: { emitFile(file: object): void }) {
    const fileName = 'pkg/matrix_sdk_crypto_wasm_bg.wasm';
    const source = await readFile(`node_modules/@matrix-org/matrix-sdk-crypto-wasm/${fileName}`);
    this.emitFile({ type: 'asset', fileName, source });
  },
};

export default defineConfig({
  main: {
    define: { APP_VERSION: JSON.stringify(version) },
    plugins: [cryptoWasm],
    build: {
      outDir: 'out/main',
      externalizeDeps: false,
      rolldownOptions: {
        input: {
          electron: 'main/electron.ts',
          chromium: 'main/chromium.ts',
          engine: 'main/engine/worker.ts',
          decryption: 'main/engine/keys/restore/decryption-thread.ts',
          sheet: 'main/recovery-sheet/reading/reading-thread.ts',
        },
        external,
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          chunkFileNames: '[name].js',
          // Every thread keeps the text of its scripts in memory. Names stay: traces tell them.
          minify: { compress: true, mangle: false, codegen: true },
        },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      externalizeDeps: false,
      isolatedEntries: true,
      rolldownOptions: {
        input: { preload: 'preload/preload.ts', chromium: 'main/shell/chromium/page-transport.ts' },
        external: ['electron'],
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'renderer',
    base: './',
    plugins: [svelte()],
    build: {
      outDir: 'out/renderer',
      minify: true,
      target: 'chrome140',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: 'renderer/index.html' },
    },
  },
});

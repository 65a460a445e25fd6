import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'electron-vite';
import { version } from './package.json';

const external = [/^electron/, /^playwright/, 'better-sqlite3-multiple-ciphers', 'keytar'];

export default defineConfig({
  main: {
    define: { APP_VERSION: JSON.stringify(version) },
    build: {
      outDir: 'out/main',
      externalizeDeps: false,
      rollupOptions: {
        input: {
          electron: 'main/electron.ts',
          chromium: 'main/chromium.ts',
          engine: 'main/engine/worker.ts',
        },
        external,
        output: { format: 'es', entryFileNames: '[name].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      externalizeDeps: false,
      isolatedEntries: true,
      rollupOptions: {
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
      target: 'chrome140',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rollupOptions: { input: 'renderer/index.html' },
    },
  },
});

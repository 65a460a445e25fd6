/** The built window in a real Chromium, under the policy it ships with, over scenes instead of an app. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { chromium, type Browser, type Page, type Route } from '@playwright/test';
import * as esbuild from 'esbuild';
import { build } from 'vite';
import { afterAll, beforeAll } from 'vitest';

const root = path.resolve(import.meta.dirname, '../../..');
const origin = 'https://window.test';
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' blob:; media-src 'self' blob:; connect-src 'none'; object-src 'none'; base-uri 'none'; frame-src 'none'; form-action 'none'; require-trusted-types-for 'script'";
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
};

export interface View {
  readonly scene: string;
  readonly language: 'en' | 'de';
  readonly theme: 'light' | 'dark';
  readonly width: number;
}

export interface Opened {
  readonly page: Page;
  /** What the console complains of, from then on. */
  readonly complaints: readonly string[];
}

export interface BuiltWindow {
  readonly open: (view: View) => Promise<Opened>;
  /** Begins with an empty page, which has saved up nothing. */
  readonly renew: () => Promise<void>;
}

/**
 * Call at the top of a test file. One page serves all tests, each with a document of its own: a new
 * page would have to compile window and axe again, which costs more than all that is looked at.
 */
export function useWindow(): BuiltWindow {
  let built = '';
  let script = '';
  let browser: Browser;
  let page: Page;
  let complaints: string[] = [];

  const newPage = async (): Promise<Page> => {
    const opened = await browser.newPage({ reducedMotion: 'reduce' });
    opened.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    opened.on('pageerror', (error) => complaints.push(String(error)));
    await opened.route('**/*', (route) => serve(route, built));
    await opened.addInitScript(script);
    return opened;
  };

  beforeAll(async () => {
    built = await mkdtemp(path.join(tmpdir(), 'holdfast-window-'));
    await buildWindow(built);
    browser = await chromium.launch({
      executablePath: process.env['HOLDFAST_CHROMIUM'] ?? '/usr/bin/chromium',
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    });
    script = await scenes();
    page = await newPage();
  }, 120_000);

  afterAll(async () => {
    await browser.close();
    await rm(built, { recursive: true, force: true });
  });

  return {
    renew: async () => {
      await page.close();
      page = await newPage();
    },
    open: async ({ width, ...choice }) => {
      await page.setViewportSize({ width, height: 760 });
      // A pointer left where the last test clicked would hover over something.
      await page.mouse.move(-1, -1);
      complaints = [];
      await page.goto(`${origin}/?scene=${encodeURIComponent(JSON.stringify(choice))}`);
      await page.locator('h1').first().waitFor();
      await page.evaluate(() => document.fonts.ready);
      return { page, complaints };
    },
  };
}

function buildWindow(outDir: string): Promise<unknown> {
  return build({
    root: path.join(root, 'renderer'),
    configFile: false,
    logLevel: 'error',
    base: './',
    plugins: [svelte()],
    build: { outDir, emptyOutDir: true, target: 'chrome140', assetsInlineLimit: 0 },
  });
}

/** Plays the scene that the page's address names. */
async function scenes(): Promise<string> {
  const bundle = await esbuild.build({
    stdin: {
      contents: `import { play } from './tests/component/scenes';
        const { searchParams } = new URL(location.href);
        window.holdfast = play(JSON.parse(searchParams.get('scene')));`,
      resolveDir: root,
      loader: 'js',
    },
    bundle: true,
    format: 'iife',
    write: false,
  });
  return bundle.outputFiles[0]?.text ?? '';
}

async function serve(route: Route, built: string): Promise<void> {
  const { pathname } = new URL(route.request().url());
  const file = path.join(built, pathname === '/' ? 'index.html' : pathname);
  try {
    await route.fulfill({
      body: await readFile(file),
      headers: {
        'content-type': types[path.extname(file)] ?? 'application/octet-stream',
        'content-security-policy': policy,
      },
    });
  } catch {
    await route.fulfill({ status: 404 });
  }
}

/** The installed Chromium as a measured environment: fresh profile on disk, page from loopback. */
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { chromium, type Page } from 'playwright';
import { findBrowser } from '../../../main/shell/chromium/find-browser';
import type { PageBench } from './page';
import { rendererPeakMB } from './process-memory';

export interface ChromiumBench extends AsyncDisposable {
  /** Runs one piece of work in a fresh browser with a fresh profile in `userDataDir`. */
  run<Result extends object>(
    userDataDir: string,
    work: (page: PageCalls) => Promise<Result>,
  ): Promise<Result & { readonly peakMB?: number }>;
}

export interface PageCalls {
  call<Name extends keyof PageBench>(
    name: Name,
    ...args: Parameters<PageBench[Name]>
  ): Promise<Awaited<ReturnType<PageBench[Name]>>>;
}

const switches = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--no-first-run',
];

/** @param keysFile the exported keys, which the page gets from `/keys.json` */
export async function openChromiumBench(keysFile: string): Promise<ChromiumBench> {
  const server = await servePage(keysFile);
  const { port } = server.address() as AddressInfo;
  const executablePath = await findBrowser();
  return {
    async run(userDataDir, work) {
      const context = await chromium.launchPersistentContext(userDataDir, {
        executablePath,
        headless: true,
        chromiumSandbox: process.getuid?.() !== 0,
        args: switches,
      });
      try {
        const page = context.pages()[0] ?? (await context.newPage());
        await page.goto(`http://127.0.0.1:${port}/`);
        await page.waitForFunction(() => 'bench' in globalThis);
        const result = await work(callsOf(page));
        const peakMB = await rendererPeakMB(userDataDir);
        return peakMB === null ? result : { ...result, peakMB };
      } finally {
        await context.close();
        await rm(userDataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
      }
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function callsOf(page: Page): PageCalls {
  return {
    call: (name, ...args) =>
      page.evaluate(
        ([method, given]) => {
          const { bench } = globalThis as unknown as { bench: Record<string, Method> };
          return bench[method]?.(...given) as never;
        },
        [name, args] as const,
      ),
  };
}

type Method = (...args: readonly unknown[]) => unknown;

async function servePage(keysFile: string): Promise<Server> {
  const beside = (file: string): URL => new URL(file, import.meta.url);
  const files: Readonly<Record<string, readonly [type: string, file: string | URL]>> = {
    '/page.js': ['text/javascript', beside('./page.js')],
    '/pkg/matrix_sdk_crypto_wasm_bg.wasm': [
      'application/wasm',
      beside('./pkg/matrix_sdk_crypto_wasm_bg.wasm'),
    ],
    '/keys.json': ['application/json', keysFile],
  };
  const server = createServer((request, response) => {
    const file = files[request.url ?? ''];
    if (file === undefined) {
      response.setHeader('content-type', 'text/html');
      response.end('<!doctype html><script type="module" src="/page.js"></script>');
      return;
    }
    response.setHeader('content-type', file[0]);
    void readFile(file[1]).then((body) => response.end(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

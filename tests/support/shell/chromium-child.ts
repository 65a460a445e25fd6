/** Starts a process with a Chromium shell, and reaches both the process and its window. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { chromium, type Browser, type Page } from '@playwright/test';
import type { DialogKind, FromChild, ToChild } from './child-messages';

export interface ChildEvent {
  readonly name: string;
  readonly data: unknown;
}

const limitMs = 30_000;

export class ChromiumChild implements AsyncDisposable {
  readonly process: ChildProcess;
  readonly port: number;
  readonly events: ChildEvent[] = [];
  readonly questions: { readonly dialog: DialogKind; readonly question: unknown }[] = [];
  /** Everything the process wrote to its terminal. */
  output = '';
  readonly #exit: Promise<number | null>;
  readonly #calls = new Map<number, PromiseWithResolvers<unknown>>();
  #browser: Browser | null = null;
  #lastCall = 0;

  private constructor(child: ChildProcess, port: number) {
    this.process = child;
    this.port = port;
    this.#exit = once(child, 'exit').then(([code]) => code as number | null);
    child.on('message', (message) => this.#receive(message as FromChild));
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk) => (this.output += String(chunk)));
    }
  }

  /**
   * @param script the built child
   * @param args its arguments, where the debugging port is known only now
   */
  static async start(
    script: string,
    args: (port: number) => readonly string[],
    env: NodeJS.ProcessEnv = {},
  ): Promise<ChromiumChild> {
    const port = await freePort();
    const child = spawn(process.execPath, [script, ...args(port)], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    return new ChromiumChild(child, port);
  }

  /** The app's page, in the browser that runs now. */
  async page(): Promise<Page> {
    const end = Date.now() + limitMs;
    for (;;) {
      try {
        return await this.#findPage();
      } catch (error) {
        if (Date.now() > end || this.process.exitCode !== null) {
          throw new Error(`No window came up. ${this.output}`, { cause: error });
        }
        await delay(50);
      }
    }
  }

  /** Closes the window as the person would. */
  async closeWindow(): Promise<void> {
    const page = await this.page();
    const session = await page.context().newCDPSession(page);
    // The page may be gone before it has answered.
    await session.send('Page.close').catch(() => {});
  }

  answer(dialog: DialogKind, path: string | null): void {
    this.#send({ kind: 'answerDialog', dialog, path });
  }

  /** Calls a method of the host process. */
  call(method: string, ...args: readonly unknown[]): Promise<unknown> {
    const id = ++this.#lastCall;
    const call = Promise.withResolvers<unknown>();
    this.#calls.set(id, call);
    this.#send({ kind: 'call', id, method, args });
    return call.promise;
  }

  eventsNamed(name: string): unknown[] {
    return this.events.filter((event) => event.name === name).map(({ data }) => data);
  }

  /** The exit code; null where a signal ended the process. */
  exited(): Promise<number | null> {
    return this.#exit;
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    this.process.kill(signal);
    const overdue = setTimeout(() => this.process.kill('SIGKILL'), 15_000);
    await this.#exit;
    clearTimeout(overdue);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#browser?.close().catch(() => {});
    await this.stop();
  }

  async #findPage(): Promise<Page> {
    if (!this.#browser?.isConnected()) {
      this.#browser = await chromium.connectOverCDP(`http://127.0.0.1:${this.port}`, {
        timeout: 5_000,
      });
    }
    const pages = this.#browser.contexts().flatMap((context) => context.pages());
    const page = pages.find((open) => new URL(open.url()).pathname === '/' && isApp(open));
    if (!page) throw new Error('The app’s page is not there yet');
    return page;
  }

  #receive(message: FromChild): void {
    switch (message.kind) {
      case 'event':
        this.events.push(message);
        break;
      case 'dialogAsked':
        this.questions.push(message);
        break;
      case 'returned':
        this.#calls.get(message.id)?.resolve(message.value);
        break;
      case 'failed':
        this.#calls.get(message.id)?.reject(new Error(message.message));
        break;
    }
  }

  #send(message: ToChild): void {
    this.process.send(message);
  }
}

function isApp(page: Page): boolean {
  return page.url().startsWith('https://app.holdfast.invalid/') && !page.isClosed();
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

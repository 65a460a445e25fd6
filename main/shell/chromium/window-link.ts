/**
 * Main's end of the binding: tells who calls, hands calls to the host and pushes to the page, in
 * order. A new document in the window is a new window to the host.
 */
import type { Frame, Page } from 'playwright';
import type { Push } from '../../../preload/transport';
import type { Sender, ShellHost } from '../shell';
import { appOrigin, type WireMessage } from './app-origin';

/** Where a binding call comes from, as the browser says. */
interface Source {
  readonly page: Page;
  readonly frame: Frame;
}

export class WindowLink {
  readonly #host: ShellHost;
  #current: LinkedDocument | null = null;
  #documents = 0;

  constructor(host: ShellHost) {
    this.#host = host;
  }

  /** Answers one call over the binding, out of `appPage` or any other page of the browser. */
  async receive(appPage: Page | null, source: Source, message: unknown): Promise<unknown> {
    const call = readMessage(message);
    const origin = source.page === appPage ? originOf(source.frame) : null;
    const isMainFrame = source.frame === source.page.mainFrame();
    const trusted = origin === appOrigin && isMainFrame;

    if (!trusted || !call) {
      // The host answers: one place decides, and words the refusal.
      const sender: Sender = { windowId: 'untrusted', origin, isMainFrame, push: () => undefined };
      return this.#host.invoke(trusted ? sender : { ...sender, origin }, null, null);
    }
    const linked = this.#linkedDocument(call.document);
    if (call.kind === 'next') return linked.next();
    const sender: Sender = {
      windowId: linked.windowId,
      origin,
      isMainFrame,
      push: (push) => linked.push(push),
    };
    return this.#host.invoke(sender, call.name, call.args);
  }

  /** The page is gone: its document's subscriptions end. */
  gone(): void {
    const gone = this.#current;
    this.#current = null;
    if (!gone) return;
    gone.end();
    this.#host.windowGone(gone.windowId);
  }

  #linkedDocument(document: string): LinkedDocument {
    if (this.#current?.document === document) return this.#current;
    this.gone();
    this.#current = new LinkedDocument(document, `main-${++this.#documents}`);
    return this.#current;
  }
}

class LinkedDocument {
  readonly document: string;
  readonly windowId: string;
  #queue: Push[] = [];
  #waiting: ((batch: Push[]) => void) | null = null;

  constructor(document: string, windowId: string) {
    this.document = document;
    this.windowId = windowId;
  }

  push(push: Push): void {
    this.#queue.push(push);
    if (this.#waiting) this.#deliver(this.#waiting);
  }

  next(): Promise<Push[]> {
    return new Promise((resolve) => {
      if (this.#queue.length > 0) this.#deliver(resolve);
      else this.#waiting = resolve;
    });
  }

  end(): void {
    this.#queue = [];
    if (this.#waiting) this.#deliver(this.#waiting);
  }

  #deliver(resolve: (batch: Push[]) => void): void {
    const batch = this.#queue;
    this.#queue = [];
    this.#waiting = null;
    resolve(batch);
  }
}

/** A document without an address of its own (`about:blank`, `srcdoc`, `data:`) has no origin. */
function originOf(frame: Frame): string | null {
  const url = URL.parse(frame.url());
  return url && url.origin !== 'null' ? url.origin : null;
}

function readMessage(message: unknown): WireMessage | null {
  if (typeof message !== 'object' || message === null) return null;
  const { kind, document } = message as Partial<WireMessage>;
  const known = kind === 'invoke' || kind === 'next';
  return known && typeof document === 'string' ? (message as WireMessage) : null;
}

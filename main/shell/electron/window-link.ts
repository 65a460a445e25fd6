/** Main's end of the IPC: says who calls, from what Electron knows, never from what a page says. */
import { ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron';
import { channels } from '../../../preload/channels';
import type { Push } from '../../../preload/transport';
import type { Sender, ShellHost } from '../shell';

export class WindowLink {
  readonly #host: ShellHost;
  #contents: WebContents | null = null;
  #documents = 0;

  constructor(host: ShellHost) {
    this.#host = host;
    ipcMain.handle(channels.invoke, (event, name: unknown, args: unknown) =>
      host.invoke(this.#senderOf(event), name, args),
    );
  }

  /** From now on these are the app's window's contents. */
  attach(contents: WebContents): void {
    this.#contents = contents;
    contents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
      if (isMainFrame && !isSameDocument) this.#documentGone();
    });
    contents.once('destroyed', () => {
      if (this.#contents === contents) this.#contents = null;
      this.#documentGone();
    });
  }

  /** The document ended without a navigation: its process crashed. */
  crashed(): void {
    this.#documentGone();
  }

  get #windowId(): string {
    return `main-${this.#documents}`;
  }

  #documentGone(): void {
    this.#host.windowGone(this.#windowId);
    this.#documents += 1;
  }

  #senderOf({ sender, senderFrame }: IpcMainInvokeEvent): Sender {
    const windowId = this.#windowId;
    return {
      windowId,
      origin: sender === this.#contents && senderFrame ? senderFrame.origin : null,
      isMainFrame: senderFrame !== null && senderFrame.parent === null,
      push: (push) => this.#push(windowId, push),
    };
  }

  #push(windowId: string, push: Push): void {
    const contents = this.#contents;
    if (windowId !== this.#windowId || !contents || contents.isDestroyed()) return;
    contents.send(channels.push, push);
  }
}

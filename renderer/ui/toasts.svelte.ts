/** Short messages that appear over the app and go by themselves, or stay until they are answered. */

export interface Toast {
  readonly id: number;
  readonly tone: 'info' | 'success' | 'danger';
  readonly text: string;
}

const shownForMs = 6_000;

export class Toasts {
  #lastId = 0;
  #current = $state.raw<readonly Toast[]>([]);

  get current(): readonly Toast[] {
    return this.#current;
  }

  show(text: string, tone: Toast['tone'] = 'info'): void {
    const id = ++this.#lastId;
    this.#current = [...this.#current.filter((toast) => toast.text !== text), { id, tone, text }];
    // An error stays until it was read and closed.
    if (tone !== 'danger') setTimeout(() => this.dismiss(id), shownForMs);
  }

  dismiss(id: number): void {
    this.#current = this.#current.filter((toast) => toast.id !== id);
  }
}

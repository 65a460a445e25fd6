/**
 * Which full-screen flow or question about keys is open over the main view. Features open and
 * close flows here; features/frame renders them.
 */
export type Flow = 'none' | 'setup' | 'restore' | 'sign_out';

export class Flows {
  #current = $state<Flow>('none');

  get current(): Flow {
    return this.#current;
  }

  open(flow: Exclude<Flow, 'none'>): void {
    this.#current = flow;
  }

  close(): void {
    this.#current = 'none';
  }
}

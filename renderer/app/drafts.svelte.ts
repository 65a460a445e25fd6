/** What was written and not yet sent, by room, until the account signs out. */
import { SvelteMap } from 'svelte/reactivity';
import type { RoomId } from '../../preload/model/ids';

export class Drafts {
  readonly #texts = new SvelteMap<RoomId, string>();

  of(room: RoomId): string {
    return this.#texts.get(room) ?? '';
  }

  /** Whether anything waits in any room. */
  get any(): boolean {
    return this.#texts.size > 0;
  }

  keep(room: RoomId, text: string): void {
    if (text === '') this.#texts.delete(room);
    else this.#texts.set(room, text);
  }

  /** Forgets everything: the next account starts anew. */
  clear(): void {
    this.#texts.clear();
  }
}

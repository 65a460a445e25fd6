/**
 * Which flow or question about keys is open over the main view. Features open and close flows
 * here; features/frame/MainView renders them: `sign_out` is a dialog, the others
 * fill the window.
 */
import type { KeyHealth } from '../../preload/model/keys';

export type Flow =
  'none' | 'setup' | 'restore' | 'new_key' | 'reset_backup' | 'check_key' | 'sign_out';

export class Flows {
  #current = $state<Flow>('none');
  #prompted = false;

  get current(): Flow {
    return this.#current;
  }

  open(flow: Exclude<Flow, 'none'>): void {
    this.#current = flow;
  }

  close(): void {
    this.#current = 'none';
  }

  /**
   * Opens setup or restore by itself, once: after the person signed in, and at every start where
   * the institution requires key backup.
   */
  promptOnce(keys: KeyHealth, freshlySignedIn: boolean): void {
    if (this.#prompted || keys.state === 'unknown') return;
    this.#prompted = true;
    if (!freshlySignedIn && !keys.policy.setupRequired) return;
    if (keys.state === 'needs_setup') this.open('setup');
    if (keys.state === 'needs_restore') this.open('restore');
  }

  /** Forgets everything: the next account starts anew. */
  reset(): void {
    this.#current = 'none';
    this.#prompted = false;
  }
}

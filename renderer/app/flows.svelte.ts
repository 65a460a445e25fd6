/**
 * Which flow or question about keys is open over the main view. Features open and close flows
 * here; features/frame/MainView renders them: those about the account itself are dialogs, the others
 * fill the window.
 */
import type { KeyDemand, KeyHealth } from '../../preload/model/keys';

/** Asked in a dialog over the main view. */
type AccountQuestion = 'sign_out' | 'switch_account' | 'add_account' | 'remove_account';

export type Flow =
  | 'none'
  | 'setup'
  | 'restore'
  | 'new_key'
  | 'reset_backup'
  | 'reset_everything'
  | 'switch_off'
  | 'old_key'
  | 'complete_keys'
  | 'repair'
  | 'check_key'
  | AccountQuestion;

const questions: readonly Flow[] = ['sign_out', 'switch_account', 'add_account', 'remove_account'];

/** What may be open while key backup is required: each leads to it, or out of the account. */
const beforeAll: readonly Flow[] = ['setup', 'restore', 'reset_everything', ...questions];

/** Where one of the repairs is what is required, also these. */
const repairs: readonly Flow[] = ['repair', 'complete_keys', 'new_key', 'reset_backup'];

export class Flows {
  #current = $state<Flow>('none');
  #oldKeyUnsafe = false;
  #prompted = false;

  get current(): Flow {
    return this.#current;
  }

  /** Whether a flow fills the window. */
  get covering(): boolean {
    return this.#current !== 'none' && !questions.includes(this.#current);
  }

  /**
   * Whether the recovery key in use is lost or may have been seen: the person came from there to
   * make a new one.
   */
  get oldKeyUnsafe(): boolean {
    return this.#oldKeyUnsafe;
  }

  open(flow: Exclude<Flow, 'none'>, { oldKeyUnsafe = false } = {}): void {
    this.#oldKeyUnsafe = oldKeyUnsafe;
    this.#current = flow;
  }

  close(): void {
    this.#current = 'none';
  }

  /**
   * Opens setup or restore by itself: once after the person signed in, and for as long as it takes
   * where key backup is required. Then only signing out is open beside it.
   */
  prompt(keys: KeyHealth, freshlySignedIn: boolean): void {
    if (keys.demand !== null && !this.#leadsTo(keys.demand)) this.open(keys.demand);
    if (this.#prompted || keys.state === 'unknown') return;
    this.#prompted = true;
    if (!freshlySignedIn) return;
    if (keys.state === 'needs_setup') this.open('setup');
    if (keys.state === 'needs_restore') this.open('restore');
  }

  #leadsTo(demand: KeyDemand): boolean {
    const current = this.#current;
    return beforeAll.includes(current) || (demand === 'repair' && repairs.includes(current));
  }

  /** Forgets everything: the next account starts anew. */
  reset(): void {
    this.#current = 'none';
    this.#prompted = false;
  }
}

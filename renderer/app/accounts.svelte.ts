/** The accounts on this computer, and the way from one to another: the window then starts anew. */
import type { Api } from '../../preload/api';
import type { LocalAccount } from '../../preload/model/accounts';
import { ValueTopic } from './topics.svelte';

export class Accounts {
  readonly #api: Api;
  readonly #topic: ValueTopic<'accounts'>;

  constructor(api: Api) {
    this.#api = api;
    this.#topic = new ValueTopic(api, 'accounts', {});
  }

  get all(): readonly LocalAccount[] {
    return this.#topic.current?.accounts ?? [];
  }

  /** The open one; null also while somebody is about to sign in for the first time. */
  get open(): LocalAccount | null {
    return this.all.find(({ id }) => id === this.#topic.current?.open) ?? null;
  }

  /** Whether there is one to switch to. */
  get others(): boolean {
    return this.all.some(({ id }) => id !== this.#topic.current?.open);
  }

  /** @throws {CallError} */
  enter(id: string): Promise<void> {
    return this.#api.call('accounts.open', { id });
  }

  /** @throws {CallError} */
  add(): Promise<void> {
    return this.#api.call('accounts.add', {});
  }

  /** Closes what is open and asks who is there. @throws {CallError} */
  choose(): Promise<void> {
    return this.#api.call('accounts.choose', {});
  }

  /** @throws {CallError} */
  rename(name: string | null): Promise<void> {
    return this.#api.call('accounts.rename', { name });
  }

  /** @throws {CallError} */
  remove(typed: string, acceptLoss: boolean): Promise<void> {
    return this.#api.call('accounts.remove', { typed, acceptLoss });
  }
}

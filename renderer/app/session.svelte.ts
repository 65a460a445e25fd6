/** The app as a whole: which part is on screen, the connection, and the state of the keys. */
import type { Api } from '../../preload/api';
import type {
  Account,
  AppState,
  Connection,
  Homeserver,
  StorageState,
} from '../../preload/model/app';
import type { EndedSession } from '../../preload/model/ended-session';
import type { KeyHealth, QuitQuestion } from '../../preload/model/keys';
import type { OrganisationPolicy } from '../../preload/model/policy';
import { ValueTopic } from './topics.svelte';

export class Session {
  readonly #api: Api;
  readonly #state: ValueTopic<'app'>;
  readonly #connection: ValueTopic<'connection'>;
  readonly #storage: ValueTopic<'storage'>;
  readonly #keys: ValueTopic<'keys'>;
  readonly #quitRequest: ValueTopic<'quitRequest'>;
  readonly #policy: ValueTopic<'policy'>;
  readonly #ended: ValueTopic<'endedSession'>;
  #signedInHere = false;

  constructor(api: Api) {
    this.#api = api;
    this.#state = new ValueTopic(api, 'app', {});
    this.#connection = new ValueTopic(api, 'connection', {});
    this.#storage = new ValueTopic(api, 'storage', {});
    this.#keys = new ValueTopic(api, 'keys', {});
    this.#quitRequest = new ValueTopic(api, 'quitRequest', {});
    this.#policy = new ValueTopic(api, 'policy', {});
    this.#ended = new ValueTopic(api, 'endedSession', {});
  }

  get state(): AppState {
    return this.#state.current ?? { phase: 'starting' };
  }

  get account(): Account | null {
    return this.state.phase === 'signed_in' ? this.state.account : null;
  }

  get connection(): Connection {
    return this.#connection.current ?? { state: 'connecting' };
  }

  /** Whether what arrives can be stored. */
  get storage(): StorageState {
    return this.#storage.current ?? { state: 'ok' };
  }

  /** Undefined until the engine has told. */
  get keys(): KeyHealth | undefined {
    return this.#keys.current;
  }

  /** Set while the person wants to quit and must decide first. */
  get quitRequest(): QuitQuestion | null {
    return this.#quitRequest.current ?? null;
  }

  /** The session that the server has ended, while nobody is signed in. */
  get ended(): EndedSession | null {
    return this.#ended.current ?? null;
  }

  /** What the organisation has set; undefined until main has told. */
  get policy(): OrganisationPolicy | undefined {
    return this.#policy.current;
  }

  /** @throws {CallError} */
  discover(server: string): Promise<Homeserver> {
    return this.#api.call('signIn.discover', { server });
  }

  /** True where the person has just typed a password, rather than being signed in at start. */
  get freshlySignedIn(): boolean {
    const { state } = this;
    return this.#signedInHere || (state.phase === 'signed_in' && state.handedOver === true);
  }

  /** @throws {CallError} */
  async signIn(homeserver: Homeserver, user: string, password: string): Promise<void> {
    this.#signedInHere = true;
    await this.#api.call('signIn.password', { baseUrl: homeserver.baseUrl, user, password });
  }

  /** Opens the profile's store once more. @throws {CallError} */
  retryStore(): Promise<void> {
    return this.#api.call('app.retryStore', {});
  }
}

/**
 * A computer at which people take turns: what main/index.ts wires, without a window. Real engines on
 * threads of their own, real stores; what a window would hear is kept.
 */
import { readdir, readlink } from 'node:fs/promises';
import { createEgress } from '../../../main/egress/egress';
import { EngineHost } from '../../../main/engine/host';
import { Profile } from '../../../main/profile';
import { Accounts } from '../../../main/profiles/accounts';
import { endLogin } from '../../../main/profiles/end-login';
import { LocalProfiles } from '../../../main/profiles/local-profiles';
import { ProfileFolders } from '../../../main/profiles/profile-folders';
import { finishKeepingAside, keepStoreAside } from '../../../main/store/keep-aside';
import { profileStoreExists, storeFileNames } from '../../../main/store/profile-store';
import { ValueSource } from '../../../main/topics/value-source';
import { closedVault, Vault } from '../../../main/vault/vault';
import { vaultFileNames } from '../../../main/vault/vault-file';
import { topics, type CallArgs, type CallResult, type CallsOf } from '../../../preload/contract';
import type { LocalAccounts } from '../../../preload/model/accounts';
import type { AppState, VaultState } from '../../../preload/model/app';
import { builtEngine } from '../../support/engine/built-engine';
import type { KeychainInMemory } from '../../unit/vault/keychain-in-memory';

/** After which of its steps the way to another profile is cut off, as by a kill. */
export type CutOff = 'engine closed' | 'profile opened' | 'login adopted';

export interface DeskOptions {
  readonly home: string;
  readonly keychain: KeychainInMemory;
  readonly cutOff?: CutOff;
}

const profileFiles = [...storeFileNames, ...vaultFileNames];

export class Desk implements AsyncDisposable {
  readonly app = new ValueSource<AppState>({ phase: 'starting' });
  readonly topic = new ValueSource<LocalAccounts>({ open: null, accounts: [] });
  readonly host: EngineHost;
  readonly accounts: Accounts;
  /** Resolves where the way was cut off. */
  readonly cut = Promise.withResolvers<void>();
  /** All that a window heard since {@link listenAnew}. */
  #heard: unknown[] = [];
  /** Paths of the requests, in order. */
  readonly requests: string[] = [];

  private constructor(script: URL, { home, keychain, cutOff }: DeskOptions) {
    const egress = createEgress(globalThis.fetch);
    const unlessCut = (step: CutOff): Promise<void> => {
      if (cutOff !== step) return Promise.resolve();
      this.cut.resolve();
      return new Promise<never>(() => undefined);
    };
    this.host = new EngineHost({
      script,
      procedures: {
        fetch: (request, signal) => {
          this.requests.push(new URL(request.url).pathname);
          return egress(request, signal);
        },
        accountChanged: ({ account }) => this.accounts.accountChanged(account),
        recoveryKeyKnown: (proven) => this.accounts.profile.recoveryKeyKnown(proven),
        storeFailed: ({ code }) => this.accounts.profile.storeFailed(code),
        placeLogin: ({ login, fitsStore }) => this.accounts.placeLogin(login, fitsStore),
      },
      onCrash: () => this.accounts.engineCrashed(false),
    });
    this.accounts = new Accounts({
      profiles: new LocalProfiles({
        folders: new ProfileFolders(home),
        storeExists: profileStoreExists,
      }),
      app: this.app,
      topic: this.topic,
      profileIn: (folder) =>
        new Profile({
          app: this.app,
          vault: new Vault({
            profileDir: folder.dir,
            keychain,
            storeExists: () => profileStoreExists(folder.dir),
            state: new ValueSource<VaultState>(closedVault),
          }),
          keptAside: {
            finish: () => finishKeepingAside(folder.dir, profileFiles),
            keep: () => keepStoreAside(folder.dir, profileFiles),
            remove: () => keepStoreAside(folder.dir, ['profile.json', ...profileFiles]),
          },
          openEngine: async (storeKey) => {
            const owner = await this.host.open({ profileDir: folder.dir, storeKey });
            await this.accounts.opened(folder, owner);
          },
          closeEngine: () => this.host.stop(5_000),
        }),
      adopt: async (login) => {
        await unlessCut('profile opened');
        await this.host.engine.call('adopt', login);
        await unlessCut('login adopted');
      },
      signOut: (acceptLoss) => this.host.callContract('signOut.confirm', { acceptLoss }),
      endLogin: ({ session }) => {
        this.requests.push('/logout of a login on its way');
        return endLogin(egress, session);
      },
      forget: () => unlessCut('engine closed'),
    });
    for (const [name, { by, params }] of Object.entries(topics)) {
      if (by !== 'engine' || !params.safeParse({}).success) continue;
      this.host.watch(name as keyof typeof topics, {}, (message) => {
        this.#heard.push(message);
      });
    }
    this.app.subscribe((state) => this.#heard.push(state));
    this.topic.subscribe((accounts) => this.#heard.push(accounts));
  }

  static async open(options: DeskOptions): Promise<Desk> {
    const desk = new Desk(await builtEngine(), options);
    await desk.accounts.start();
    return desk;
  }

  /** As the bridge hands it over, arguments validated before. */
  call<Name extends CallsOf<'engine'>>(
    name: Name,
    args: CallArgs<Name>,
  ): Promise<CallResult<Name>> {
    return this.host.callContract(name, args as never) as Promise<CallResult<Name>>;
  }

  /** A window that was watching something of a room, and did not stop. */
  keepWatching(roomId: string): void {
    for (const name of ['timeline', 'timelineStatus', 'roomTrust'] as const) {
      this.host.watch(name, { roomId }, (message) => {
        this.#heard.push(message);
      });
    }
  }

  listenAnew(): void {
    this.#heard = [];
  }

  /** All a window heard since then, as text. */
  get heard(): string {
    return JSON.stringify(this.#heard);
  }

  get userId(): string | null {
    const { value } = this.app;
    return value.phase === 'signed_in' ? value.account.userId : null;
  }

  /** The databases that this process has open now. */
  async openDatabases(): Promise<string[]> {
    const links = (await readdir('/proc/self/fd')).map((fd) =>
      readlink(`/proc/self/fd/${fd}`).catch(() => ''),
    );
    return (await Promise.all(links)).filter((path) => /\.db(-wal|-shm)?$/.test(path));
  }

  /** Ends the engine without a word to it, as a kill would. */
  async kill(): Promise<void> {
    await this.host.close(0);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.host.close(5_000);
    await this.accounts.close();
  }
}

/**
 * A computer that several people use: real folders, cards and vaults, and engines that remember whose
 * store they have opened.
 */
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { LocalAccounts } from '../../../preload/model/accounts';
import type { Account, AppState, VaultState } from '../../../preload/model/app';
import type { DeviceId, UserId } from '../../../preload/model/ids';
import type { FreshLogin } from '../../../main/engine/session/stored-session';
import { HoldfastError } from '../../../main/holdfast-error';
import { Profile } from '../../../main/profile';
import { Accounts } from '../../../main/profiles/accounts';
import { LocalProfiles } from '../../../main/profiles/local-profiles';
import { ProfileFolders } from '../../../main/profiles/profile-folders';
import { finishKeepingAside, keepStoreAside } from '../../../main/store/keep-aside';
import { ValueSource } from '../../../main/topics/value-source';
import { closedVault, Vault } from '../../../main/vault/vault';
import { vaultFileNames } from '../../../main/vault/vault-file';
import { KeychainInMemory } from '../vault/keychain-in-memory';

export const ada = '@ada:example.org';
export const bob = '@bob:example.org';
export const eve = '@eve:example.org';

interface Engine {
  readonly dir: string;
  owner: string | null;
  signedIn: string | null;
}

/** Every step main takes, at each of which a process may end. */
export type Step = 'engine closed' | 'window renewed' | 'engine opened' | 'adopted' | 'login ended';

const storeFile = 'crypto.db';

export class Computer implements AsyncDisposable {
  readonly keychain = new KeychainInMemory();
  readonly app = new ValueSource<AppState>({ phase: 'starting' });
  readonly topic = new ValueSource<LocalAccounts>({ open: null, accounts: [] });
  /** In order. */
  readonly steps: Step[] = [];
  readonly ended: string[] = [];
  /** The process ends right before this step. */
  killBefore: Step | null = null;
  #killed = Promise.withResolvers<void>();
  failAdopting: HoldfastError | null = null;
  accounts: Accounts;
  engine: Engine | null = null;

  private constructor(readonly home: string) {
    this.accounts = this.#newAccounts();
  }

  static async make(): Promise<Computer> {
    return new Computer(await mkdtemp(join(tmpdir(), 'holdfast-computer-')));
  }

  /** Resolves where the process ended. */
  get killed(): Promise<void> {
    return this.#killed.promise;
  }

  /** The app's next start; what was running has ended, or was killed. */
  async restart(): Promise<void> {
    if (this.killBefore === null) await this.accounts.close();
    this.engine = null;
    this.killBefore = null;
    this.#killed = Promise.withResolvers<void>();
    this.steps.length = 0;
    this.app.set({ phase: 'starting' });
    this.accounts = this.#newAccounts();
    await this.accounts.start();
  }

  /** Signing in on the screen that is shown, as the engine does it. */
  async signIn(userId: string, deviceId = 'DEVICE'): Promise<'here' | 'elsewhere'> {
    const { engine } = this;
    if (engine?.signedIn !== null) throw new Error('Nobody can sign in now');
    const login = loginOf(userId, deviceId);
    const fits = engine.owner === null || engine.owner === userId;
    const place = await this.accounts.placeLogin(login, fits);
    if (place === 'here') await this.#begin(login);
    return place;
  }

  async signOut(): Promise<void> {
    if (this.engine === null) throw new Error('Nothing is open');
    this.engine.signedIn = null;
    await this.#save(this.engine);
    this.accounts.accountChanged(null);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.killBefore === null) await this.accounts.close();
    await rm(this.home, { recursive: true, force: true });
  }

  /** Ada's profile is the first; Bob's is made when he signs in at hers, and is open then. */
  async adaAndBob(): Promise<void> {
    await this.signIn(ada);
    await this.signOut();
    await this.signIn(bob);
    await this.isIn(bob);
    await expect.poll(() => this.topic.value.accounts[1]?.lastUsed).toBe(true);
  }

  /** Waits until that person is signed in: hashes that take long are made on the way. */
  async isIn(userId: string): Promise<void> {
    await expect.poll(() => this.whoIsIn).toBe(userId);
  }

  /** Waits until it is clear how opening ended. */
  async settled(): Promise<void> {
    await expect.poll(() => this.phase).not.toBe('starting');
  }

  get whoIsIn(): string | null {
    const { value } = this.app;
    return value.phase === 'signed_in' ? value.account.userId : null;
  }

  get phase(): AppState['phase'] {
    return this.app.value.phase;
  }

  /** The person's id in the list, by its place in it. */
  idOf(place: number): string {
    return this.topic.value.accounts[place]?.id ?? 'none';
  }

  /** Where the open profile lies. */
  get dir(): string {
    if (this.engine === null) throw new Error('Nothing is open');
    return this.engine.dir;
  }

  #newAccounts(): Accounts {
    const accounts: Accounts = new Accounts({
      profiles: new LocalProfiles({
        folders: new ProfileFolders(this.home),
        storeExists: (dir) => Promise.resolve(existsSync(join(dir, storeFile))),
      }),
      app: this.app,
      topic: this.topic,
      profileIn: (folder) =>
        new Profile({
          app: this.app,
          vault: new Vault({
            profileDir: folder.dir,
            keychain: this.keychain,
            storeExists: () => Promise.resolve(existsSync(join(folder.dir, storeFile))),
            state: new ValueSource<VaultState>(closedVault),
          }),
          keptAside: {
            finish: () => finishKeepingAside(folder.dir, [storeFile, ...vaultFileNames]),
            keep: () => keepStoreAside(folder.dir, [storeFile, ...vaultFileNames]),
            remove: () =>
              keepStoreAside(folder.dir, ['profile.json', storeFile, ...vaultFileNames]),
          },
          openEngine: async () => {
            await this.#step('engine opened');
            const engine = await this.#load(folder.dir);
            this.engine = engine;
            accounts.accountChanged(accountOf(engine.signedIn));
            await accounts.opened(folder, engine.owner);
          },
          closeEngine: async () => {
            await this.#step('engine closed');
            this.engine = null;
          },
        }),
      adopt: async (login) => {
        await this.#step('adopted');
        if (this.failAdopting !== null) throw this.failAdopting;
        await this.#begin(login);
      },
      signOut: () => this.signOut(),
      endLogin: async ({ session }) => {
        await this.#step('login ended');
        this.ended.push(session.accessToken);
      },
      forget: async () => {
        await this.#step('window renewed');
      },
    });
    return accounts;
  }

  async #begin({ session: { userId } }: FreshLogin): Promise<void> {
    const { engine } = this;
    if (engine === null) throw new Error('Nothing is open');
    if (engine.owner !== null && engine.owner !== userId) {
      throw new HoldfastError('not_allowed', 'Another person’s store');
    }
    engine.owner = userId;
    engine.signedIn = userId;
    await this.#save(engine);
    this.accounts.accountChanged(accountOf(userId));
  }

  async #load(dir: string): Promise<Engine> {
    const file = join(dir, storeFile);
    if (existsSync(file))
      return { dir, ...(JSON.parse(readFileSync(file, 'utf8')) as object) } as Engine;
    const engine = { dir, owner: null, signedIn: null };
    await this.#save(engine);
    return engine;
  }

  async #save({ dir, owner, signedIn }: Engine): Promise<void> {
    await writeFile(join(dir, storeFile), JSON.stringify({ owner, signedIn }));
  }

  #step(step: Step): Promise<void> {
    if (this.killBefore === step) {
      this.#killed.resolve();
      return new Promise<never>(() => undefined);
    }
    this.steps.push(step);
    return Promise.resolve();
  }
}

export function loginOf(userId: string, deviceId: string): FreshLogin {
  return {
    session: {
      userId,
      deviceId,
      baseUrl: 'https://example.org',
      accessToken: `token of ${userId} ${deviceId}`,
    },
    password: { salt: new Uint8Array(16), hash: new Uint8Array(32) },
  };
}

function accountOf(userId: string | null): Account | null {
  if (userId === null) return null;
  return {
    userId: userId as UserId,
    deviceId: 'DEVICE' as DeviceId,
    serverName: 'example.org',
    displayName: userId,
  };
}

/**
 * Several people on one computer: which profile is open, and the way from one to another. One is open
 * at a time; nothing of it is left in memory or in the window when another opens.
 */
import type { LocalAccounts } from '../../preload/model/accounts';
import type { Account, AppState } from '../../preload/model/app';
import type { FreshLogin } from '../engine/session/stored-session';
import { HoldfastError, toBridgeError } from '../holdfast-error';
import type { Profile } from '../profile';
import { SerialQueue } from '../serial-queue';
import type { ValueSource } from '../topics/value-source';
import type { LocalProfiles } from './local-profiles';
import type { ProfileFolder } from './profile-folders';

export interface AccountsParts {
  readonly profiles: LocalProfiles;
  readonly app: ValueSource<AppState>;
  /** What windows may know of the accounts here. */
  readonly topic: ValueSource<LocalAccounts>;
  /** The profile in a folder; its engine tells {@link Accounts.opened} when it is open. */
  readonly profileIn: (folder: ProfileFolder) => Profile;
  /** Lets the open profile's engine go on with a login. */
  readonly adopt: (login: FreshLogin) => Promise<void>;
  readonly signOut: (acceptLoss: boolean) => Promise<unknown>;
  /** Ends a login on the server; never rejects. */
  readonly endLogin: (login: FreshLogin) => Promise<void>;
  /** Forgets what main and the window hold of the profile that was open. */
  readonly forget: () => Promise<void>;
}

interface Open {
  readonly folder: ProfileFolder;
  readonly profile: Profile;
}

/** A login on its way into the profile of its person. */
interface OnItsWay {
  readonly to: ProfileFolder;
  readonly login: FreshLogin;
}

export class Accounts {
  readonly #parts: AccountsParts;
  #open: Open | null = null;
  #onItsWay: OnItsWay | null = null;
  #account: Account | null = null;
  /** Logins that are being ended. */
  readonly #ending = new Set<Promise<void>>();
  /** What is written down about the profiles: their cards, and which was used last. */
  readonly #notes = new SerialQueue();
  /** Opening, leaving and removing take turns. */
  readonly #turns = new SerialQueue();

  constructor(parts: AccountsParts) {
    this.#parts = parts;
  }

  /** @throws {HoldfastError} `not_ready` while no profile is open */
  get profile(): Profile {
    if (this.#open === null) throw new HoldfastError('not_ready', 'No profile is open');
    return this.#open.profile;
  }

  /** At the app's start: the one account there is, or the question whose turn it is; never rejects. */
  start(): Promise<void> {
    return this.#turns.run(async () => {
      const accounts = await this.#tell();
      const [one] = accounts;
      if (accounts.length > 1) this.#parts.app.set({ phase: 'choose_account' });
      else await this.#enter(await this.#folderOr(one?.id, () => this.#parts.profiles.first));
    });
  }

  /** @throws {HoldfastError} `not_allowed` where there is no such account */
  open(id: string): Promise<void> {
    return this.#turns.run(async () => {
      const folder = await this.#folderOr(id, notThere);
      if (this.#open?.folder.id === folder.id) return;
      await this.#leave();
      await this.#enter(folder);
    });
  }

  /**
   * Opens a profile that is nobody's yet, for signing in.
   *
   * @throws {HoldfastError} what the disk says; the account that is open stays open then
   */
  add(): Promise<void> {
    return this.#turns.run(async () => {
      // Who has just signed in on the open one is its owner already.
      await this.#notes.ended();
      const folder = await this.#parts.profiles.free();
      if (this.#open?.folder.id === folder.id) return;
      await this.#leave();
      await this.#enter(folder);
    });
  }

  /** Closes what is open and asks whose turn it is. */
  choose(): Promise<void> {
    return this.#turns.run(async () => {
      await this.#leave();
      await this.#tell();
      this.#parts.app.set({ phase: 'choose_account' });
    });
  }

  /**
   * What the open account is called here, before anybody has opened it.
   *
   * @throws {HoldfastError} what the disk says
   */
  rename(name: string | null): Promise<void> {
    return this.#turns.run(async () => {
      if (this.#open === null) throw new HoldfastError('not_ready', 'No profile is open');
      const { folder } = this.#open;
      await this.#notes.run(() => this.#parts.profiles.rename(folder, name));
      await this.#tell();
    });
  }

  /**
   * Signs the open account out and puts its profile aside: the person's explicit word, for which
   * they have typed their address.
   *
   * @throws {HoldfastError} `proof_mismatch` where they typed another; `keys_pending` as when signing
   *   out; what the disk says
   */
  remove(typed: string, acceptLoss: boolean): Promise<void> {
    return this.#turns.run(async () => {
      const { profile } = this;
      if (this.#account === null || typed.trim() !== this.#account.userId) {
        throw new HoldfastError('proof_mismatch', 'Another address was typed');
      }
      await this.#parts.signOut(acceptLoss);
      this.#parts.app.set({ phase: 'starting' });
      // A card written later would stay behind.
      await this.#notes.ended();
      const removed = await profile.remove().catch(async (error: unknown) => {
        await profile.open();
        throw error;
      });
      await this.#leave();
      await this.#tell();
      this.#parts.app.set({ phase: 'choose_account', removed });
    });
  }

  /** Where a login goes on: in its person's own profile, which is opened for it. */
  async placeLogin(login: FreshLogin, fitsStore: boolean): Promise<'here' | 'elsewhere'> {
    const to = await this.#placeFor(login.session.userId, fitsStore);
    if (to === null) return 'here';
    this.#drop();
    this.#onItsWay = { to, login };
    // Not awaited: the engine that asks is the one to be closed.
    void this.#turns.run(async () => {
      if (this.#onItsWay?.login !== login) return;
      await this.#leave(to);
      await this.#enter(to);
    });
    return 'elsewhere';
  }

  /** The engine has opened the profile in `folder`; `owner` as its store says. */
  async opened(folder: ProfileFolder, owner: string | null): Promise<void> {
    await this.#noteOwner(folder, owner);
    const onItsWay = this.#onItsWay;
    if (onItsWay?.to.id !== folder.id) return;
    const { login } = onItsWay;
    if (owner !== null && owner !== login.session.userId) {
      // The store knows better than what was written about it.
      this.#onItsWay = null;
      await this.placeLogin(login, false).catch(() => this.#endLogin(login));
    } else if (this.#account === null) await this.#adopt(onItsWay);
    // Signed in already: the session there is goes on.
    else this.#drop();
  }

  /** What the engine says of who is signed in. */
  accountChanged(account: Account | null): void {
    this.#account = account;
    if (this.#open === null) return;
    const { folder, profile } = this.#open;
    const goesOnHere = this.#onItsWay?.to.id === folder.id;
    // Signing in is under way: that nobody is signed in yet is no news.
    if (account !== null || !goesOnHere) profile.accountChanged(account, goesOnHere);
    if (account !== null) void this.#noteOwner(folder, account.userId);
  }

  /** The engine's thread crashed. `again`: the profile is to be opened once more. */
  engineCrashed(again: boolean): void {
    if (this.#open === null) return;
    const { profile } = this.#open;
    if (again) void profile.reopen();
    else profile.unavailable('internal');
  }

  /**
   * For the end of the app: forgets the store key, and ends what is on its way. Resolves when what is
   * known of the profiles is written down.
   */
  async close(): Promise<void> {
    this.#drop();
    const closed = this.#open?.profile.close();
    await Promise.all([closed, this.#notes.ended(), ...this.#ending]);
  }

  /** Null: where it is. */
  async #placeFor(userId: string, fitsStore: boolean): Promise<ProfileFolder | null> {
    const { profiles } = this.#parts;
    await this.#notes.ended();
    const here = this.#open?.folder.id;
    const own = await profiles.of(userId, here);
    if (own !== null && (own.id !== here || fitsStore)) return own.id === here ? null : own;
    const present = (await profiles.list()).find(({ folder }) => folder.id === here);
    const isNobodys = present?.card?.owner == null;
    if (fitsStore && isNobodys) return null;
    return profiles.free();
  }

  async #adopt({ to, login }: OnItsWay): Promise<void> {
    try {
      // Whose the profile is, is written down once the store knows it.
      await this.#parts.adopt(login);
      this.#onItsWay = null;
    } catch (error) {
      this.#drop();
      if (this.#open?.folder.id === to.id) {
        this.#open.profile.signInFailed(toBridgeError(error).code);
      }
    }
    await this.#tell();
  }

  /**
   * Never rejects: where it can't be written, the next opening writes it; until then the store itself
   * knows whose it is.
   */
  async #noteOwner(folder: ProfileFolder, owner: string | null): Promise<void> {
    const noted = this.#notes.run(() =>
      owner === null ? this.#noteNobody(folder) : this.#noteSomebody(folder, owner),
    );
    await noted.catch(() => undefined);
  }

  async #noteNobody(folder: ProfileFolder): Promise<void> {
    const { profiles } = this.#parts;
    const present = (await profiles.list()).find(({ folder: { id } }) => id === folder.id);
    if (present?.card === null) await profiles.unmark(folder);
  }

  async #noteSomebody(folder: ProfileFolder, owner: string): Promise<void> {
    const { profiles } = this.#parts;
    await profiles.mark(folder, owner);
    await profiles.noteLast(folder);
    await this.#tell();
  }

  async #enter(folder: ProfileFolder): Promise<void> {
    const profile = this.#parts.profileIn(folder);
    this.#open = { folder, profile };
    await this.#tell();
    await profile.open();
  }

  /** @param to where a login is on its way to, if it is to stay on its way */
  async #leave(to?: ProfileFolder): Promise<void> {
    if (this.#onItsWay?.to.id !== to?.id) this.#drop();
    const { app, forget } = this.#parts;
    app.set({ phase: 'starting' });
    await this.#open?.profile.end();
    // What the engine said at last is written in time: nothing of this profile comes after the next.
    await this.#notes.ended();
    this.#open = null;
    this.#account = null;
    await forget();
  }

  /** Ends the login on its way, if there is one. */
  #drop(): void {
    const onItsWay = this.#onItsWay;
    this.#onItsWay = null;
    if (onItsWay !== null) this.#endLogin(onItsWay.login);
  }

  #endLogin(login: FreshLogin): void {
    const ending = this.#parts.endLogin(login);
    this.#ending.add(ending);
    void ending.finally(() => this.#ending.delete(ending));
  }

  async #folderOr(id: string | undefined, otherwise: () => ProfileFolder): Promise<ProfileFolder> {
    return (id === undefined ? null : await this.#parts.profiles.folder(id)) ?? otherwise();
  }

  async #tell(): Promise<LocalAccounts['accounts']> {
    const accounts = await this.#parts.profiles.accounts();
    this.#parts.topic.set({ open: this.#open?.folder.id ?? null, accounts });
    return accounts;
  }
}

function notThere(): never {
  throw new HoldfastError('not_allowed', 'There is no such account');
}

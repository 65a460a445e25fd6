/** What the profiles on this computer are and whose: read from their folders each time. */
import type { LocalAccount } from '../../preload/model/accounts';
import type { HoldfastError } from '../holdfast-error';
import { isMarkOf, markOf } from './owner-mark';
import { changeCard, readCard, type ProfileCard } from './profile-card';
import type { ProfileFolder, ProfileFolders } from './profile-folders';

export interface KnownProfile {
  readonly folder: ProfileFolder;
  /** Null where it is lost or can't be read: then somebody's, until the store says whose. */
  readonly card: ProfileCard | null;
  /** Why it can't be read: what it says is not known, and may hold. */
  readonly problem: HoldfastError | null;
  /** Nobody has signed in on it: free for whoever comes. */
  readonly free: boolean;
}

export interface LocalProfilesParts {
  readonly folders: ProfileFolders;
  readonly storeExists: (profileDir: string) => Promise<boolean>;
}

export class LocalProfiles {
  readonly #parts: LocalProfilesParts;

  constructor(parts: LocalProfilesParts) {
    this.#parts = parts;
  }

  /** @throws {HoldfastError} what the disk says */
  async list(): Promise<KnownProfile[]> {
    return this.#knowAll(await this.#parts.folders.list());
  }

  /** The one that every computer has: it can be opened also where the others can't be read. */
  get first(): ProfileFolder {
    return this.#parts.folders.first;
  }

  /** Those that are somebody's, as they may be shown; of what can't be read, the first alone. */
  async accounts(): Promise<LocalAccount[]> {
    const { folders } = this.#parts;
    const last = await folders.last();
    const shown = await folders.list().catch(() => [folders.first]);
    const taken = (await this.#knowAll(shown)).filter(({ free }) => !free);
    return taken.map(({ folder: { id }, card }, index) => ({
      id,
      name: card?.name ?? null,
      number: index + 1,
      lastUsed: id === last,
    }));
  }

  /** @throws {HoldfastError} what the disk says */
  async folder(id: string): Promise<ProfileFolder | null> {
    if (id === this.first.id) return this.first;
    const folders = await this.#parts.folders.list();
    return folders.find((folder) => folder.id === id) ?? null;
  }

  /**
   * Where the person has their profile; null where there is none that is known to be theirs.
   *
   * @param open the profile whose store has told already whether it may be theirs
   * @throws {HoldfastError} what the disk says, also where it may be one whose card can't be read:
   *   nobody who is known gets a new profile
   */
  async of(userId: string, open: string | undefined): Promise<ProfileFolder | null> {
    const profiles = await this.list();
    for (const { folder, card } of profiles) {
      if (card?.owner != null && (await isMarkOf(card.owner, userId))) return folder;
    }
    for (const { folder, problem } of profiles) {
      if (problem !== null && folder.id !== open) throw problem;
    }
    return null;
  }

  /** A profile that is nobody's; made where there is none. @throws {HoldfastError} what the disk says */
  async free(): Promise<ProfileFolder> {
    const profile = (await this.list()).find(({ free }) => free);
    return profile?.folder ?? this.#parts.folders.make();
  }

  /** Notes whose the profile is. @throws {HoldfastError} what the disk says */
  async mark({ dir }: ProfileFolder, userId: string): Promise<void> {
    await changeCard(dir, async (card) => {
      if (card?.owner != null && (await isMarkOf(card.owner, userId))) return card;
      return { name: card?.name ?? null, owner: await markOf(userId) };
    });
  }

  /** Notes that the profile is nobody's after all. @throws {HoldfastError} what the disk says */
  async unmark({ dir }: ProfileFolder): Promise<void> {
    await changeCard(dir, () => ({ name: null, owner: null }));
  }

  /** @throws {HoldfastError} what the disk says */
  async rename({ dir }: ProfileFolder, name: string | null): Promise<void> {
    await changeCard(dir, (card) => ({ name, owner: card?.owner ?? null }));
  }

  async noteLast({ id }: ProfileFolder): Promise<void> {
    if ((await this.#parts.folders.last()) !== id) await this.#parts.folders.noteLast(id);
  }

  #knowAll(folders: readonly ProfileFolder[]): Promise<KnownProfile[]> {
    return Promise.all(folders.map((folder) => this.#know(folder)));
  }

  async #know(folder: ProfileFolder): Promise<KnownProfile> {
    const reading = await readCard(folder.dir);
    switch (reading.is) {
      case 'there': {
        const { card } = reading;
        return { folder, card, problem: null, free: card.owner === null };
      }
      case 'unreadable':
        return { folder, card: null, problem: reading.error, free: false };
      // It was somebody's: nobody else gets it before its store has told whose.
      case 'damaged':
        return { folder, card: null, problem: null, free: false };
      case 'missing': {
        const free = !(await this.#parts.storeExists(folder.dir));
        return { folder, card: null, problem: null, free };
      }
    }
  }
}

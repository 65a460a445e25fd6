/** What the profiles on this computer are and whose: read from their folders each time. */
import type { LocalAccount } from '../../preload/model/accounts';
import { isMarkOf, markOf } from './owner-mark';
import { readCard, writeCard, type ProfileCard } from './profile-card';
import type { ProfileFolder, ProfileFolders } from './profile-folders';

export interface KnownProfile {
  readonly folder: ProfileFolder;
  /** Null where it was lost: then somebody's, until the store says whose. */
  readonly card: ProfileCard | null;
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
   * @throws {HoldfastError} what the disk says
   */
  async of(userId: string): Promise<ProfileFolder | null> {
    for (const { folder, card } of await this.list()) {
      if (card?.owner != null && (await isMarkOf(card.owner, userId))) return folder;
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
    const card = await readCard(dir);
    if (card?.owner != null && (await isMarkOf(card.owner, userId))) return;
    await writeCard(dir, { name: card?.name ?? null, owner: await markOf(userId) });
  }

  /** Notes that the profile is nobody's after all. @throws {HoldfastError} what the disk says */
  async unmark({ dir }: ProfileFolder): Promise<void> {
    await writeCard(dir, { name: null, owner: null });
  }

  /** @throws {HoldfastError} what the disk says */
  async rename({ dir }: ProfileFolder, name: string | null): Promise<void> {
    const card = await readCard(dir);
    await writeCard(dir, { name, owner: card?.owner ?? null });
  }

  async noteLast({ id }: ProfileFolder): Promise<void> {
    if ((await this.#parts.folders.last()) !== id) await this.#parts.folders.noteLast(id);
  }

  #knowAll(folders: readonly ProfileFolder[]): Promise<KnownProfile[]> {
    return Promise.all(folders.map((folder) => this.#know(folder)));
  }

  async #know(folder: ProfileFolder): Promise<KnownProfile> {
    const card = await readCard(folder.dir);
    const free = card === null ? !(await this.#parts.storeExists(folder.dir)) : card.owner === null;
    return { folder, card, free };
  }
}

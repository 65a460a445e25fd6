/**
 * The folder a browser lives in while it runs: made anew for each run, in memory where the system
 * offers that, and removed afterwards. Nothing of the account outlives the window in it.
 */
import { chown, mkdir, mkdtemp, readdir, rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface BrowserHome {
  /** HOME of the browser. */
  readonly path: string;
  readonly userDataDir: string;
  readonly tempDir: string;
  remove(): Promise<void>;
}

/** Who the browser runs as, where that isn't the user of this process. */
export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

const prefix = 'holdfast-window-';
const roomForProfile = 64 * 1024 * 1024;

/** Choices written before the browser starts; it would otherwise keep visits and offer to save. */
const preferences = {
  history: { saving_disabled: true },
  credentials_enable_service: false,
  profile: { password_manager_enabled: false },
  autofill: { profile_enabled: false, credit_card_enabled: false },
  search: { suggest_enabled: false },
  translate: { enabled: false },
  session: { restore_on_startup: 5 },
  // No policy of a page covers peer connections: they would be a way out.
  webrtc: { ip_handling_policy: 'disable_non_proxied_udp' },
};

/**
 * Folders in which the browser would keep titles and addresses of open windows, to restore them.
 * Where a file stands in its place, a folder can't be made.
 */
const keptOut = ['Sessions', 'Sessions_Encrypted'];

/** Makes a browser's folder, after sweeping those of processes that were killed. */
export async function createBrowserHome(owner: Owner | null): Promise<BrowserHome> {
  const base = await baseFolder(owner);
  await sweep(base);
  const path = await mkdtemp(join(base, `${prefix}${process.pid}-`));
  const userDataDir = join(path, 'data');
  const tempDir = join(path, 'tmp');
  const profile = join(userDataDir, 'Default');
  const choices = join(profile, 'Preferences');
  for (const folder of [userDataDir, tempDir, profile]) await mkdir(folder, { mode: 0o700 });
  await writeFile(choices, JSON.stringify(preferences), { mode: 0o600 });
  for (const name of keptOut) await writeFile(join(profile, name), '', { mode: 0o400 });
  if (owner) {
    for (const entry of [path, userDataDir, tempDir, profile, choices]) {
      await chown(entry, owner.uid, owner.gid);
    }
  }
  return { path, userDataDir, tempDir, remove: () => removeFolder(path) };
}

async function baseFolder(owner: Owner | null): Promise<string> {
  const inMemory = owner ? ['/dev/shm'] : [process.env['XDG_RUNTIME_DIR'] ?? '', '/dev/shm'];
  if (process.platform === 'linux') {
    for (const folder of inMemory) {
      if (folder !== '' && (await hasRoom(folder))) return folder;
    }
  }
  return tmpdir();
}

async function hasRoom(folder: string): Promise<boolean> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize >= roomForProfile;
  } catch {
    return false;
  }
}

async function sweep(base: string): Promise<void> {
  for (const name of await readdir(base)) {
    const pid = new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) await removeFolder(join(base, name));
  }
}

/** The folder of another user's window can't be removed, and needn't be. */
async function removeFolder(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 }).catch(() => {});
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

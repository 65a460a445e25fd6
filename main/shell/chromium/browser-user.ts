/**
 * As whom the browser runs. Chromium's sandbox refuses to work for root; started by root, the
 * browser therefore runs as `nobody`, and only where that can't be, without its sandbox.
 */
import { chown, copyFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { type BrowserHome, type Owner } from './browser-home';
import { isExecutable } from './find-browser';

export interface BrowserUser {
  readonly owner: Owner | null;
  readonly sandbox: boolean;
  /** The program to start and what stands before the browser's own switches. */
  command(browser: string): { readonly executable: string; readonly before: readonly string[] };
}

const setpriv = '/usr/bin/setpriv';
/** `nobody` and `nogroup`, the same on every Linux. */
const nobody: Owner = { uid: 65_534, gid: 65_534 };

const asMyself = (sandbox: boolean): BrowserUser => ({
  owner: null,
  sandbox,
  command: (browser) => ({ executable: browser, before: [] }),
});

const asNobody: BrowserUser = {
  owner: nobody,
  sandbox: true,
  command: (browser) => ({
    executable: setpriv,
    before: [`--reuid=${nobody.uid}`, `--regid=${nobody.gid}`, '--clear-groups', '--', browser],
  }),
};

/** The users to try, the best first. */
export async function browserUsers(): Promise<readonly BrowserUser[]> {
  if (process.getuid?.() !== 0) return [asMyself(true)];
  const withoutSandbox = asMyself(false);
  return (await isExecutable(setpriv)) ? [asNobody, withoutSandbox] : [withoutSandbox];
}

/** What of our environment a browser needs; the rest, secrets among it, stays here. */
const passedOn =
  /^(PATH|LANG|LANGUAGE|LC_\w+|TZ|DISPLAY|WAYLAND_DISPLAY|XDG_(SESSION_TYPE|CURRENT_DESKTOP|DATA_DIRS)|GTK_\w+|GDK_\w+|SystemRoot|WINDIR|ProgramFiles.*)$/;
const passedOnToMyself =
  /^(XAUTHORITY|XDG_RUNTIME_DIR|DBUS_SESSION_BUS_ADDRESS|LOCALAPPDATA|APPDATA|USERPROFILE)$/;

/** The browser's environment; gives another user the means to reach our display. */
export async function browserEnvironment(
  user: BrowserUser,
  home: BrowserHome,
): Promise<Record<string, string>> {
  const env: Record<string, string> = { HOME: home.path, TMPDIR: home.tempDir };
  for (const [name, value] of Object.entries(process.env)) {
    if (value === undefined) continue;
    if (passedOn.test(name) || (!user.owner && passedOnToMyself.test(name))) env[name] = value;
  }
  const cookie = process.env['XAUTHORITY'] ?? join(homedir(), '.Xauthority');
  if (!user.owner) {
    env['XAUTHORITY'] = cookie;
    return env;
  }
  const copy = join(home.path, '.Xauthority');
  try {
    await copyFile(cookie, copy);
    await chown(copy, user.owner.uid, user.owner.gid);
    env['XAUTHORITY'] = copy;
  } catch {
    // A display without a cookie lets every local user in.
  }
  return env;
}

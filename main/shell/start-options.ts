/** What the command line says, the same for both shells. */
import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';

export interface StartOptions {
  /** Absolute path of the profile's folder. */
  readonly profileDir: string;
}

/** A switch that can't be followed; the message says why, for the terminal. */
export class StartOptionError extends Error {
  override readonly name = 'StartOptionError';
}

/**
 * Reads `--profile=<dir>`; without it, the user's default profile. Switches of the shell's own
 * framework are left to it.
 *
 * @param args the command line without the program
 * @throws {StartOptionError}
 */
export function readStartOptions(
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): StartOptions {
  const given = args.filter((arg) => arg === '--profile' || arg.startsWith('--profile='));
  const [profile] = given;
  if (profile === undefined) return { profileDir: join(dataFolder(env), 'profiles', 'default') };
  const folder = profile.slice('--profile='.length);
  if (given.length > 1 || folder === '' || folder.includes('\0')) {
    throw new StartOptionError('Give the profile’s folder once, as --profile=<folder>.');
  }
  return { profileDir: resolve(folder) };
}

/** Where applications keep a user's data on this system. */
function dataFolder(env: NodeJS.ProcessEnv): string {
  switch (process.platform) {
    case 'darwin':
      return join(homedir(), 'Library', 'Application Support', 'Holdfast');
    case 'win32':
      return join(env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'Holdfast');
    default: {
      // Relative paths are to be ignored (XDG Base Directory Specification).
      const config = env['XDG_CONFIG_HOME'] ?? '';
      return join(isAbsolute(config) ? config : join(homedir(), '.config'), 'holdfast');
    }
  }
}

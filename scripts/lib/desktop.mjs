/** What a desktop session gives: a display and a keychain. Where there is none, one is made. */
import { hasDisplay, startDisplay } from './display.mjs';
import { startKeyring } from './keyring.mjs';

/**
 * Runs `body` with a display and an unlocked keychain of its own, and takes both away afterwards.
 * The keychain of the person at the desk is never touched by a test.
 *
 * @template T
 * @param {(env: Record<string, string>) => Promise<T>} body gets the environment variables to set
 * @returns {Promise<T>}
 */
export async function withDesktop(body) {
  const keyring = process.platform === 'linux' ? await startKeyring() : undefined;
  const display = hasDisplay() ? undefined : await startDisplay({ width: 1600, height: 1200 });
  try {
    return await body({
      ...keyring?.variables,
      ...(display === undefined ? {} : { DISPLAY: display.name }),
    });
  } finally {
    await display?.stop();
    await keyring?.stop();
  }
}

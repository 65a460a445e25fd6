/** What a desktop session gives: a display and a keychain. Where there is none, one is made. */
import { hasDisplay, startDisplay } from './display.mjs';
import { withEnding } from './ending.mjs';
import { startKeyring } from './keyring.mjs';

/**
 * Runs `body` with a display and an unlocked keychain of its own, and takes both away afterwards.
 * The keychain of the person at the desk is never touched by a test.
 *
 * @template T
 * @param {(env: Record<string, string>) => Promise<T>} body gets the environment variables to set
 * @returns {Promise<T>}
 */
export function withDesktop(body) {
  return withEnding(async (onEnd) => {
    /** @type {Record<string, string>} */
    const env = {};
    if (process.platform === 'linux') {
      const keyring = await startKeyring();
      onEnd(() => keyring.stop());
      Object.assign(env, keyring.variables);
    }
    if (!hasDisplay()) {
      const display = await startDisplay({ width: 1600, height: 1200 });
      onEnd(display.stop);
      env['DISPLAY'] = display.name;
    }
    return body(env);
  });
}

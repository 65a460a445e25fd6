import { afterAll, beforeAll } from 'vitest';
import { startKeyring, type Keyring } from './keyring';

/**
 * Gives the calling test file a keyring of its own, to lock and stop at will. The address is set
 * before any test runs: keytar connects on its first call and keeps that connection for the
 * process's life, also across a stopped and restarted daemon, which it then can't reach any more.
 */
export function usePrivateKeyring(): { readonly keyring: Keyring } {
  let keyring: Keyring | undefined;
  beforeAll(async () => {
    keyring = await startKeyring();
    Object.assign(process.env, keyring.variables);
  });
  afterAll(() => keyring?.stop());
  return {
    get keyring(): Keyring {
      if (keyring === undefined) throw new Error('the keyring starts in beforeAll');
      return keyring;
    },
  };
}

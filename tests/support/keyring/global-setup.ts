/**
 * One unlocked keyring for a whole run of the integration tests. Every test process inherits its
 * address. Tests keep apart by their service and account names; a test that locks or stops the
 * keyring starts one of its own.
 */
import { startKeyring } from './keyring';

export default async function setup(): Promise<() => Promise<void>> {
  const keyring = await startKeyring();
  Object.assign(process.env, keyring.variables);
  return () => keyring.stop();
}

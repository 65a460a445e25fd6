/** Brings a clone to where it can run: only what is missing is installed. */
import { ensureNodePackages } from './node-packages.mjs';
import { ensureSynapse } from './synapse.mjs';
import { ensureSystemPackages } from './system-packages.mjs';

/**
 * @param {import('./system-packages.mjs').Purpose} purpose `app` to open it, `demo` with a
 *   homeserver beside it, `test` for the whole suite
 */
export async function setUp(purpose) {
  await ensureSystemPackages(purpose);
  await ensureNodePackages();
  if (purpose !== 'app') await ensureSynapse();
}

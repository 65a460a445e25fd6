/**
 * Opens a profile in a process of its own, as the user given, says what came of it, and stays until
 * its standard input ends. Arguments: the profile's folder, and a user id or nothing.
 */
import { StoreError } from '../../../main/store/store-error';
import { openStore } from '../support/profile';

const [profileDir = '', user = ''] = process.argv.slice(2);

if (user !== '') {
  process.setgid?.(Number(user));
  process.setuid?.(Number(user));
}
try {
  const store = openStore(profileDir);
  process.stdout.write(`opened ${String(store.crypto.records.get('session'))}\n`);
  process.stdin.resume();
  process.stdin.once('end', () => store.close());
} catch (error) {
  process.stdout.write(`failed ${error instanceof StoreError ? error.reason : String(error)}\n`);
}

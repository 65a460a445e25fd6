import type { AccountContext } from '../account-context';
import { KnownBackup } from './health/known-backup';
import { Identity } from './secrets/identity';
import { SecretStorage } from './secrets/secret-storage';
import { AccountData } from './server/account-data';
import { homeserverOf, type Homeserver } from './server/homeserver';
import { PendingKeys } from './server/pending-keys';

/** What every part of key management works with. */
export interface KeysContext extends AccountContext {
  readonly homeserver: Homeserver;
  readonly accountData: AccountData;
  readonly secretStorage: SecretStorage;
  readonly identity: Identity;
  readonly pendingKeys: PendingKeys;
  readonly knownBackup: KnownBackup;
}

export function keysContext(account: AccountContext): KeysContext {
  const { client, store } = account;
  const homeserver = homeserverOf(client, account.stopped);
  const accountData = new AccountData(homeserver, account.account.userId);
  return {
    ...account,
    homeserver,
    accountData,
    secretStorage: new SecretStorage(accountData),
    identity: new Identity(client, homeserver),
    pendingKeys: new PendingKeys(client, homeserver),
    knownBackup: new KnownBackup(store.crypto.records, account.account.deviceId),
  };
}

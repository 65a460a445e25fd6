import type { OpenKey } from '../../recovery-key/unlock';
import type { AccountContext } from '../account-context';
import { RememberedVersion } from './health/remembered-version';
import { OneTurn } from './one-turn';
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
  /** Whoever changes the account's keys has it. */
  readonly turn: OneTurn;
  /** Lets whatever waits for the recovery key use it; whoever keeps it for longer copies it. */
  readonly recoveryKeyOpened: (key: OpenKey) => void;
  /** The backup this device last worked with: tells a replaced backup from a new one. */
  readonly knownBackup: RememberedVersion;
  /** The backup that this device's keys count as uploaded to. */
  readonly uploadedTo: RememberedVersion;
}

export function keysContext(account: AccountContext): KeysContext {
  const { client, store } = account;
  const { deviceId } = account.account;
  const { records } = store.crypto;
  const homeserver = homeserverOf(client, account.stopped);
  const accountData = new AccountData(homeserver, client);
  return {
    ...account,
    homeserver,
    accountData,
    secretStorage: new SecretStorage(accountData),
    identity: new Identity(client, homeserver, account.interactiveAuth),
    pendingKeys: new PendingKeys(client, homeserver),
    turn: new OneTurn(account.stopped),
    recoveryKeyOpened: () => undefined,
    knownBackup: new RememberedVersion(records, 'keys.knownBackup', deviceId),
    uploadedTo: new RememberedVersion(records, 'keys.uploadedTo', deviceId),
  };
}

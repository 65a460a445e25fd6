/** Several people on one computer. */
import type { LocalAccounts } from '../../../preload/model/accounts';
import type { AppState } from '../../../preload/model/app';
import type { FakeTransport } from '../fake-transport';

const accounts: LocalAccounts['accounts'] = [
  { id: 'first', name: 'Mira', number: 1, lastUsed: false },
  { id: '20261102T081500000Z', name: null, number: 2, lastUsed: true },
  { id: '20261120T140300000Z', name: 'Reading room, night shift', number: 3, lastUsed: false },
];

export const closed: LocalAccounts = { open: null, accounts };
export const miraOpen: LocalAccounts = { open: 'first', accounts };

/** Screens on which nobody is in yet. */
export const accountScenes: Readonly<Record<string, AppState>> = {
  'choose-account': { phase: 'choose_account' },
  'account-removed': { phase: 'choose_account', removed: 'kept-20261124T091500000Z' },
  'sign-in-beside-others': { phase: 'signed_out' },
  'sign-in-not-handed-over': { phase: 'signed_out', signInFailed: 'disk_full' },
  'passphrase-beside-others': { phase: 'passphrase', asked: 'enter' },
};

/** Publishes the accounts where the scene has several; answers what is asked about them. */
export function playAccounts(fake: FakeTransport, scene: string): void {
  if (scene in accountScenes) fake.publish('accounts', closed);
  if (scene.startsWith('several-accounts')) fake.publish('accounts', miraOpen);
  fake.answer({
    'accounts.open': () => undefined,
    'accounts.add': () => undefined,
    'accounts.choose': () => undefined,
    'accounts.rename': () => undefined,
    'accounts.remove': () => undefined,
    'store.lock': () => undefined,
    'signOut.risk': () => ({
      state: scene === 'several-accounts-safe' ? 'ready' : 'uploading',
      pendingKeys: scene === 'several-accounts-safe' ? 0 : 37,
      encryptedRooms: 6,
      safe: scene === 'several-accounts-safe',
    }),
  });
}

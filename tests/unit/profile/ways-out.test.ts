import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../../preload/errors';
import type { AppState, StoreWayOut } from '../../../preload/model/app';
import type { UserId, DeviceId } from '../../../preload/model/ids';
import { HoldfastError } from '../../../main/holdfast-error';
import { Profile } from '../../../main/profile';
import { keepStoreAside, finishKeepingAside } from '../../../main/store/keep-aside';
import { ValueSource } from '../../../main/topics/value-source';
import { vaultFileNames } from '../../../main/vault/vault-file';
import type { Vault } from '../../../main/vault/vault';
import { goodPassphrase, recoveryKey, VaultOnDisk } from '../vault/vault-on-disk';

const files = ['crypto.db', ...vaultFileNames];
const account = {
  userId: '@ada:example.org' as UserId,
  deviceId: 'DEVICE' as DeviceId,
  serverName: 'example.org',
  displayName: 'Ada',
};

let disk: VaultOnDisk;
let app: ValueSource<AppState>;
let vault: Vault;
let profile: Profile;
let engine: { opened: string[]; closed: number; failure: ErrorCode | null };

/** The app's next start. */
function start(): void {
  app = new ValueSource<AppState>({ phase: 'starting' });
  vault = disk.vault();
  engine = { opened: [], closed: 0, failure: null };
  profile = new Profile({
    app,
    vault,
    openEngine: async (storeKey) => {
      if (engine.failure !== null) throw new HoldfastError(engine.failure, 'No');
      engine.opened.push(Buffer.from(storeKey).toString('hex'));
      await disk.makeStore();
      profile.accountChanged(null);
    },
    closeEngine: () => {
      engine.closed += 1;
      return Promise.resolve();
    },
    keptAside: {
      finish: () => finishKeepingAside(disk.profileDir, files),
      keep: () => keepStoreAside(disk.profileDir, files),
      remove: () => keepStoreAside(disk.profileDir, files),
    },
  });
}

/** A profile in use, and what can open it. */
async function used(): Promise<{ readonly key: string; readonly text: string }> {
  await profile.open();
  expect(app.value).toEqual({ phase: 'signed_out' });
  const key = recoveryKey();
  await profile.recoveryKeyKnown(key.proven());
  return { key: engine.opened[0] ?? '', text: key.text };
}

beforeEach(async () => {
  disk = await VaultOnDisk.make();
  start();
});
afterEach(() => disk[Symbol.asyncDispose]());

const problemOf = (code: ErrorCode, ways: readonly StoreWayOut[]): AppState => ({
  phase: 'store_unavailable',
  problem: { code, ways, phraseKnown: false },
});

describe('the ways out of a store that can’t be opened', () => {
  it.each<readonly [ErrorCode, readonly StoreWayOut[]]>([
    ['keychain_unavailable', ['retry', 'recovery_key']],
    ['keychain_locked', ['retry', 'recovery_key']],
  ])('%s: try again, or the recovery key', async (code, ways) => {
    await used();
    start();
    disk.keychain.failure = code;
    await profile.open();
    expect(app.value).toEqual(problemOf(code, ways));
    await expect(profile.keepAside()).rejects.toMatchObject({ code: 'not_allowed' });
    disk.keychain.failure = null;
    await profile.open();
    expect(app.value).toEqual({ phase: 'signed_out' });
  });

  it('store_key_missing: also to begin anew; no recovery key where none opens the store', async () => {
    await profile.open();
    disk.keychain.entries.clear();
    start();
    await profile.open();
    expect(app.value).toEqual(problemOf('store_key_missing', ['retry', 'keep_aside']));
    await expect(profile.openByRecoveryKey(recoveryKey().text)).rejects.toMatchObject({
      code: 'not_allowed',
    });
  });

  it.each<readonly [ErrorCode, readonly StoreWayOut[]]>([
    ['store_damaged', ['retry', 'keep_aside']],
    // With the right key in hand, the recovery key would only bring the same one.
    ['store_key_wrong', ['retry', 'keep_aside']],
    ['store_newer', ['retry']],
    ['store_in_use', ['retry']],
    ['disk_full', ['retry']],
    ['disk_read_only', ['retry']],
    ['disk_error', ['retry']],
    ['internal', ['retry']],
  ])('%s from the store itself', async (code, ways) => {
    await used();
    start();
    engine.failure = code;
    await profile.open();
    expect(app.value).toEqual(problemOf(code, ways));
  });
});

describe('opening by the recovery key', () => {
  it('stays where it is after a wrong one, and opens the same store with the right one', async () => {
    const { key, text } = await used();
    disk.keychain.entries.clear();
    start();
    await profile.open();
    const problem = problemOf('store_key_missing', ['retry', 'recovery_key', 'keep_aside']);
    expect(app.value).toEqual(problem);
    await expect(profile.openByRecoveryKey(recoveryKey().text)).rejects.toMatchObject({
      code: 'key_wrong',
    });
    expect(app.value).toEqual(problem);
    await profile.openByRecoveryKey(text);
    expect(app.value).toEqual({ phase: 'signed_out' });
    expect(engine.opened).toEqual([key]);
  });

  it('asks for a passphrase where there is no keychain any more, then opens', async () => {
    const { key, text } = await used();
    start();
    disk.keychain.failure = 'keychain_unavailable';
    await profile.open();
    await profile.openByRecoveryKey(text);
    expect(app.value).toEqual({ phase: 'passphrase', asked: 'choose' });
    expect(engine.opened).toEqual([]);
    await profile.choosePassphrase(goodPassphrase, goodPassphrase);
    expect(engine.opened).toEqual([key]);

    start();
    await profile.open();
    expect(app.value).toEqual({ phase: 'passphrase', asked: 'enter' });
    await expect(profile.enterPassphrase('something else')).rejects.toMatchObject({
      code: 'passphrase_wrong',
    });
    expect(app.value).toEqual({ phase: 'passphrase', asked: 'enter' });
    await profile.enterPassphrase(goodPassphrase);
    expect(engine.opened).toEqual([key]);
  });

  it('is not asked to choose where the keychain is back when trying again', async () => {
    const { key, text } = await used();
    start();
    disk.keychain.failure = 'keychain_unavailable';
    await profile.open();
    await profile.openByRecoveryKey(text);
    disk.keychain.failure = null;
    await profile.open();
    expect(engine.opened).toEqual([key]);
    await expect(profile.choosePassphrase(goodPassphrase, goodPassphrase)).rejects.toMatchObject({
      code: 'not_allowed',
    });
  });
});

describe('putting the store aside', () => {
  it('moves it whole on the person’s word, begins anew and says where it is', async () => {
    const { key } = await used();
    const before = await disk.fingerprint();
    start();
    engine.failure = 'store_damaged';
    await profile.open();
    engine.failure = null;
    await profile.keepAside();
    expect(engine.closed).toBe(1);
    expect(engine.opened).toHaveLength(1);
    expect(engine.opened).not.toEqual([key]);
    expect(app.value).toEqual({
      phase: 'signed_out',
      keptAside: expect.stringMatching(/^kept-\d{8}T\d{9}Z$/),
    });
    // The old key stays in the keychain: whoever has the folder may need it.
    for (const [entry, secret] of disk.keychain.entries) {
      if (entry in before) expect(secret).toBe(before[entry]);
    }
    expect(disk.keychain.entries.size).toBe(2);

    profile.accountChanged(account);
    profile.accountChanged(null);
    expect(app.value).toEqual({ phase: 'signed_out' });
  });

  it('is refused while the store is open', async () => {
    await used();
    await expect(profile.keepAside()).rejects.toMatchObject({ code: 'not_allowed' });
    expect(engine.closed).toBe(0);
  });
});

describe('an open store that fails', () => {
  it('is closed, shown, and opened again on trying again without asking for anything', async () => {
    disk.keychain.failure = 'keychain_unavailable';
    await profile.open();
    await profile.choosePassphrase(goodPassphrase, goodPassphrase);
    await profile.storeFailed('store_damaged');
    expect(engine.closed).toBe(1);
    expect(app.value).toEqual(problemOf('store_damaged', ['retry', 'keep_aside']));
    // A second word about the same failure changes nothing.
    await profile.storeFailed('disk_error');
    expect(engine.closed).toBe(1);
    await profile.open();
    expect(app.value).toEqual({ phase: 'signed_out' });
    expect(new Set(engine.opened).size).toBe(1);
  });

  it('leaves no key behind when the app ends', async () => {
    await used();
    const { storeKey } = vault;
    await profile.close();
    expect(storeKey).toEqual(new Uint8Array(32));
  });
});

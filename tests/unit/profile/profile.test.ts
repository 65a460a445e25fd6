import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AppState, VaultState } from '../../../preload/model/app';
import { EngineHost } from '../../../main/engine/host';
import { Profile } from '../../../main/profile';
import { ValueSource } from '../../../main/topics/value-source';
import { closedVault, Vault } from '../../../main/vault/vault';
import { KeychainInMemory } from '../vault/keychain-in-memory';

/**
 * An engine that crashes where its profile is called so, and else says that nobody is signed in; at
 * once followed by a store that failed where its profile is called that.
 */
const engineScript = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort } from 'node:worker_threads';
    parentPort.on('message', ({ type, id, name, args }) => {
      if (type !== 'call') return;
      if (args?.profileDir === 'crash') throw new Error('out of memory');
      if (name === 'open') {
        parentPort.postMessage(
          { type: 'call', id: 1, name: 'accountChanged', args: { account: null } },
        );
      }
      parentPort.postMessage({ type: 'result', id, value: undefined });
      if (name === 'open' && args.profileDir === 'fail') {
        parentPort.postMessage(
          { type: 'call', id: 2, name: 'storeFailed', args: { code: 'store_damaged' } },
        );
      }
    });
  `)}`,
);

let profileDir: string;
let host: EngineHost;
let profile: Profile;
/** What the engine is told its profile is called. */
let named: string | null;
let app: ValueSource<AppState>;
let crashes: { left: number; readonly budget: number; seen: number };

function start(budget: number, crashing: number): void {
  crashes = { left: crashing, budget, seen: 0 };
  named = null;
  app = new ValueSource<AppState>({ phase: 'starting' });
  host = new EngineHost({
    script: engineScript,
    procedures: {
      fetch: () => Promise.reject(new Error('No network here')),
      accountChanged: ({ account }) => profile.accountChanged(account),
      recoveryKeyKnown: (proven) => profile.recoveryKeyKnown(proven),
      storeFailed: ({ code }) => profile.storeFailed(code),
      placeLogin: () => 'here',
    },
    onCrash: () => {
      crashes.seen += 1;
      if (crashes.seen <= crashes.budget) void profile.reopen();
    },
  });
  profile = new Profile({
    app,
    vault: new Vault({
      profileDir,
      keychain: new KeychainInMemory(),
      storeExists: () => Promise.resolve(false),
      state: new ValueSource<VaultState>(closedVault),
    }),
    keptAside: {
      finish: () => Promise.resolve(null),
      keep: () => Promise.resolve('kept'),
      remove: () => Promise.resolve('kept'),
    },
    openEngine: (storeKey) =>
      host.open({ profileDir: crashes.left-- > 0 ? 'crash' : (named ?? profileDir), storeKey }),
    closeEngine: () => host.stop(1_000),
  });
}

beforeEach(async () => {
  profileDir = await mkdtemp(join(tmpdir(), `holdfast-${randomBytes(3).toString('hex')}-`));
});
afterEach(async () => {
  await host.close(1_000);
  await rm(profileDir, { recursive: true, force: true });
});

describe('the profile of a store that fails while it is open', () => {
  it('ends the engine, says so, and opens on a fresh thread when the person tries again', async () => {
    start(0, 0);
    named = 'fail';
    await profile.open();
    await expect
      .poll(() => app.value)
      .toMatchObject({
        phase: 'store_unavailable',
        problem: { code: 'store_damaged', ways: ['retry', 'keep_aside'] },
      });
    const before = host.engine;
    named = null;
    await profile.open();
    await expect.poll(() => app.value.phase).toBe('signed_out');
    expect(host.engine).not.toBe(before);
    // Ended on purpose: no crash.
    expect(crashes.seen).toBe(0);
  });
});

describe('the profile of an engine that crashes', () => {
  it('is opened again on a fresh thread when the crash came while it was opened', async () => {
    start(1, 1);
    await profile.open();
    await expect.poll(() => app.value.phase).toBe('signed_out');
    expect(crashes.seen).toBe(1);
  });

  it('is opened when the person tries again after the last crash it repairs itself', async () => {
    start(0, 1);
    await profile.open();
    expect(app.value).toMatchObject({
      phase: 'store_unavailable',
      problem: { code: 'internal' },
    });
    await profile.open();
    await expect.poll(() => app.value.phase).toBe('signed_out');
  });
});

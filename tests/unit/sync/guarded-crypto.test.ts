import type { MatrixClient } from 'matrix-js-sdk';
import { RustCrypto } from 'matrix-js-sdk/lib/rust-crypto/rust-crypto.js';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { guardCrypto } from '../../../main/engine/sync/guarded-crypto';
import { PassedOverSyncs } from '../../../main/engine/sync/passed-over-syncs';
import { SyncHalt } from '../../../main/engine/sync/sync-halt';

interface Withheld {
  readonly roomId: string;
  readonly sessionId: string;
}

let halt: SyncHalt;
let stop: AbortController;
let process: () => Promise<never[]>;
let passedOver: PassedOverSyncs;
let crypto: RustCrypto;
let retried: string[];
/** What became of the writes of each sync. */
let writes: string[];

beforeEach(() => {
  halt = new SyncHalt();
  stop = new AbortController();
  passedOver = new PassedOverSyncs();
  process = () => Promise.resolve([]);
  retried = [];
  writes = [];
  crypto = Object.create(RustCrypto.prototype) as RustCrypto;
  Object.assign(crypto, {
    logger: { debug: vi.fn() },
    processSyncChanges: () => process(),
    eventDecryptor: { getEventsPendingRoomKey: pendingEvents },
  });
  guardCrypto({ getCrypto: () => crypto } as unknown as MatrixClient, {
    halt,
    whole: {
      begin: () => ({ keep: () => writes.push('kept'), drop: () => writes.push('dropped') }),
    },
    stopped: stop.signal,
    processed: () => passedOver.processed(),
    mayPassOver: () => passedOver.mayPassOver(),
  });
});

/** Nobody waits for the first key; two messages wait for the others. */
function pendingEvents(_room: string, session: string): unknown[] {
  if (session === 'first') return [];
  const attemptDecryption = (): Promise<void> => {
    retried.push(session);
    return Promise.resolve();
  };
  return [{ getId: () => session, attemptDecryption }];
}

/** What processing a sync comes to after everything that was due has run. */
async function processing(): Promise<string> {
  const done = crypto.processSyncChanges({ toDeviceEvents: [] }).then(
    () => 'processed',
    () => 'passed over',
  );
  const nextTurn = new Promise<string>((resolve) => setImmediate(resolve, 'pending'));
  return Promise.race([done, nextTurn]);
}

describe('a sync whose keys', () => {
  it('were stored goes on', async () => {
    expect(await processing()).toBe('processed');
    expect(writes).toEqual(['kept']);
  });

  it('could not be stored never ends', async () => {
    process = () => {
      halt.halt();
      return Promise.reject(new Error('QuotaExceededError'));
    };
    for (let time = 0; time < 4; time += 1) expect(await processing()).toBe('pending');
    expect(new Set(writes)).toEqual(new Set(['dropped']));
  });

  it('were stored but for one that could not be opened for storage never ends', async () => {
    process = () => {
      halt.halt();
      return Promise.resolve([]);
    };
    expect(await processing()).toBe('pending');
  });

  it('were cut off by the end of the session never ends', async () => {
    process = () => {
      stop.abort();
      return Promise.reject(new Error('null pointer passed to rust'));
    };
    for (let time = 0; time < 4; time += 1) expect(await processing()).toBe('pending');
  });

  it('can not be processed for another reason is tried afresh twice, then passed over', async () => {
    process = () => Promise.reject(new Error('a bug'));
    const outcomes = [await processing(), await processing(), await processing()];
    expect(outcomes).toEqual(['pending', 'pending', 'passed over']);
    expect(writes).toEqual(['dropped', 'dropped', 'kept']);
    process = () => Promise.resolve([]);
    await processing();
    process = () => Promise.reject(new Error('another one'));
    expect(await processing()).toBe('pending');
  });
});

it('messages whose keys are withheld are all looked at, whatever the first of them is', async () => {
  const told: Withheld[] = ['first', 'second', 'third'].map((sessionId) => ({
    roomId: '!a:b',
    sessionId,
  }));
  await crypto.onRoomKeysWithheld(told as never);
  expect(retried).toEqual(['second', 'third']);
});

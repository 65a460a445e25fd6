import { initAsync } from '@matrix-org/matrix-sdk-crypto-wasm';
import { MatrixError } from 'matrix-js-sdk';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Dehydration } from '../../../main/engine/dehydration/dehydration';
import {
  readRecord,
  writeRecord,
  type DehydrationRecord,
} from '../../../main/engine/dehydration/dehydration-record';
import type { KeysContext } from '../../../main/engine/keys/keys-context';
import { machineMethods } from '../../../main/engine/keys/olm-machine';
import { ValueSource } from '../../../main/topics/value-source';
import { memoryRecords } from '../../support/memory-records';

const day = 86_400_000;
const now = Date.parse('2026-03-01T08:00:00Z');
const otherKey = "The pickle couldn't be decrypted: wrong MAC";

/** Everything that the decision rests on; as it stands here, the own device is a week old. */
const oldAndOwn = {
  made: {
    deviceId: 'D1',
    at: now - 7 * day,
    identity: 'M',
    isOwn: true,
  } as DehydrationRecord['made'],
  key: { storageKeyId: 'S', mark: 'mark' } as DehydrationRecord['key'],
  toTakeIn: false,
  /** What the server answers, time after time; the last one stays. */
  there: ['D1'] as readonly (string | null | Error)[],
  masterKey: 'M' as string | null,
  isMine: true,
  hasSelfSigning: true,
  defaultKeyId: 'S',
  mark: 'mark',
  rehydrate: null as string | null,
  eventsFail: false,
  endsAtEvents: false,
  state: 'ready',
};

let stop = new AbortController();

beforeAll(() => initAsync());
beforeEach(() => {
  stop = new AbortController();
  vi.useFakeTimers({ toFake: ['Date'], now });
});
afterEach(() => {
  stop.abort();
  vi.useRealTimers();
});

/** One occasion for it. */
async function run(changed: Partial<typeof oldAndOwn>) {
  const given = { ...oldAndOwn, ...changed };
  const records = memoryRecords();
  const { made, key, toTakeIn } = given;
  writeRecord(records, { deviceId: 'A', made, key, toTakeIn });
  const log: string[] = [];
  const answers = [...given.there];
  const authedRequest = async (method: string, path: string): Promise<unknown> => {
    if (method === 'PUT') {
      log.push('replaced');
      return { device_id: 'D2' };
    }
    if (path.endsWith('/events')) {
      if (given.eventsFail) throw new MatrixError({ errcode: 'M_UNKNOWN' }, 500);
      if (given.endsAtEvents) stop.abort();
      return { events: ['sent meanwhile'] };
    }
    log.push('asked');
    const there = (answers.length > 1 ? answers.shift() : answers[0]) ?? null;
    if (there instanceof Error) throw there;
    if (there === null) throw new MatrixError({ errcode: 'M_NOT_FOUND' }, 404);
    return { device_id: there, device_data: {} };
  };
  const device = {
    receiveEvents: async () => void log.push('taken in'),
    keysForUpload: async () => ({ body: '{}' }),
  };
  const none = (): void => undefined;
  const olmMachine = {
    ...Object.fromEntries(machineMethods.map((method) => [method, none])),
    crossSigningStatus: async () => ({ hasSelfSigning: given.hasSelfSigning, free: none }),
    dehydratedDevices: () => ({
      getDehydratedDeviceKey: async () => ({ toBase64: () => 'AA', free: none }),
      create: async () => device,
      rehydrate: async () => {
        if (given.rehydrate !== null) throw new Error(given.rehydrate);
        return device;
      },
    }),
  };
  const context = {
    client: { http: { authedRequest }, getCrypto: () => ({ olmMachine }) },
    stopped: stop.signal,
    account: { deviceId: 'A' },
    store: { crypto: { records } },
    topics: { keys: new ValueSource({ state: given.state }) },
    identity: { published: async () => ({ isMine: given.isMine, masterKey: given.masterKey }) },
    secretStorage: {
      defaultKeyId: async () => given.defaultKeyId,
      markOf: async () => given.mark,
    },
  } as unknown as KeysContext;
  new Dehydration(context);
  for (let turns = 0; turns < 20; turns += 1) await new Promise(setImmediate);
  return { log, record: readRecord(records, 'A')! };
}

const own = (at: number, identity = 'M'): DehydrationRecord['made'] => ({
  deviceId: 'D1',
  at,
  identity,
  isOwn: true,
});
const anothers: DehydrationRecord['made'] = {
  deviceId: 'D1',
  at: now - 30 * day,
  identity: 'M',
  isOwn: false,
};

describe('a dehydrated device is replaced', () => {
  it('after a week, once what was sent to it is here', async () => {
    const { log, record } = await run({});
    expect(log).toEqual(['asked', 'taken in', 'asked', 'replaced']);
    expect(record).toMatchObject({
      toTakeIn: false,
      made: { deviceId: 'D2', at: now, identity: 'M', isOwn: true },
    });
  });

  it.each([
    ['this account has another identity by now', { made: own(now, 'former') }],
    ['it seems to be made in the future', { made: own(now + day) }],
    ['the recovery key was entered', { made: own(now), toTakeIn: true }],
    [
      'it is another client’s, and the recovery key was entered',
      { made: anothers, toTakeIn: true },
    ],
    ['another key than that in storage made it', { rehydrate: otherKey }],
    ['it is not there any more', { there: [null] }],
  ])('where %s', async (_when, given) => {
    expect((await run(given)).log).toContain('replaced');
  });
});

describe('a dehydrated device is not replaced', () => {
  it.each([
    ['before a week is over', { made: own(now - 7 * day + 1_000) }],
    ['while the state of the keys is another', { state: 'unknown' }],
    ['without a key of it', { key: null }],
  ])('nor asked for %s', async (_when, given) => {
    expect((await run(given)).log).toEqual([]);
  });

  it.each([
    ['the server did not answer', { there: [new MatrixError({ errcode: 'M_UNKNOWN' }, 500)] }],
    ['the server has none', { there: [new MatrixError({ errcode: 'M_UNRECOGNIZED' }, 404)] }],
    ['it is another client’s', { made: anothers }],
    ['nothing is known of who made it', { made: null }],
    [
      'it can’t be told whether the key opens it',
      { rehydrate: 'The pickle is of no known version' },
    ],
    ['not all that was sent to it came', { eventsFail: true }],
    ['storage has another recovery key', { defaultKeyId: 'S2' }],
    ['storage holds another key', { mark: 'another' }],
    ['the identity is another device’s', { isMine: false }],
    ['the account has no identity', { masterKey: null }],
    ['this device could not sign it', { hasSelfSigning: false }],
    ['another one has taken its place', { there: ['D1', 'D3'] }],
    ['it is gone by then', { there: ['D1', null] }],
    ['one is made meanwhile', { there: [null, 'D3'] }],
  ])('where %s', async (_when, given) => {
    expect((await run(given)).log).not.toContain('replaced');
  });

  it('by a session that has ended, which takes nothing in any more', async () => {
    expect((await run({ endsAtEvents: true })).log).toEqual(['asked']);
  });

  it('by its age once it is known to be another client’s', async () => {
    const { record } = await run({ made: own(now - 8 * day), there: ['D9'] });
    expect(record.made).toEqual({ deviceId: 'D9', at: now, identity: 'M', isOwn: false });
  });

  it('with a key that is known not to be the stored one', async () => {
    const { record } = await run({ mark: 'another', toTakeIn: true });
    expect(record).toMatchObject({ key: null, toTakeIn: false });
  });
});

import { afterEach, describe, expect, it, vi } from 'vitest';
import type { AccountContext } from '../../../main/engine/account-context';
import { AccountPolicy } from '../../../main/engine/keys/server/key-policy';
import { judge } from '../../../main/policy/managed-policy';
import type { KeyValueTable } from '../../../main/store/profile-store';
import { ValueSource } from '../../../main/topics/value-source';
import type { KeyPolicy } from '../../../preload/model/keys';
import { memoryRecords } from '../../support/memory-records';

const homeserver = { 'm.homeserver': { base_url: 'https://matrix.example.org' } };
const required = { ...homeserver, 'io.element.e2ee': { secure_backup_required: true } };
const hour = 3_600_000;

interface Given {
  readonly baseUrl?: string;
  readonly serverName?: string;
  readonly managed?: Parameters<typeof judge>[0]['layers'][number]['mandatory'];
  readonly records?: KeyValueTable;
  readonly stopped?: AbortSignal;
}

/** One start of it. @param fetch answers for the server */
function policyOf(fetch: (url: URL, how: RequestInit) => Promise<Response>, given: Given = {}) {
  const layers = [{ from: 'a', mandatory: given.managed ?? {}, recommended: {} }];
  return new AccountPolicy({
    client: {
      getHomeserverUrl: () => given.baseUrl ?? 'https://matrix.example.org',
      http: { fetch },
    },
    account: { serverName: given.serverName ?? 'example.org' },
    store: { crypto: { records: given.records ?? memoryRecords() } },
    managed: new ValueSource(judge({ layers, problems: [] }).policy),
    stopped: given.stopped ?? new AbortController().signal,
  } as unknown as AccountContext);
}

/** What holds after that answer. */
async function after(answer: unknown, given?: Given): Promise<KeyPolicy> {
  const policy = policyOf(() => Promise.resolve(Response.json(answer)), given);
  await policy.ask();
  return policy.keys;
}

/** An account over many starts: each answer is given to a start of its own. */
function account() {
  const records = memoryRecords();
  return async (answer: Response | null): Promise<boolean> => {
    const respond = (): Promise<Response> =>
      answer === null ? Promise.reject(new Error()) : Promise.resolve(answer);
    const policy = policyOf(respond, { records });
    await policy.ask();
    return policy.keys.setupRequired;
  };
}

/** @param afterMs by the server's clock */
function notFound(afterMs: number | null): Response {
  const start = Date.parse('2026-03-01T08:00:00Z');
  const headers = afterMs === null ? {} : { date: new Date(start + afterMs).toUTCString() };
  return new Response('default backend - 404', { status: 404, headers });
}

describe('key backup that a homeserver requires', () => {
  it('stays required while its document is missing for less than a day', async () => {
    const hears = account();
    expect(await hears(Response.json(required))).toBe(true);
    for (const after of [0, hour, 20 * hour, 24 * hour - 1_000]) {
      expect(await hears(notFound(after)), String(after)).toBe(true);
    }
    expect(await hears(notFound(24 * hour))).toBe(false);
    expect(await hears(null)).toBe(false);
  });

  it('is missing anew after the document was there, whatever failed in between', async () => {
    const hears = account();
    await hears(Response.json(required));
    await hears(notFound(0));
    await hears(new Response('', { status: 502 }));
    await hears(Response.json(required));
    expect(await hears(notFound(30 * hour))).toBe(true);
    expect(await hears(notFound(50 * hour))).toBe(true);
    expect(await hears(notFound(54 * hour))).toBe(false);
  });

  it('is not dropped by a server that tells no time, or whose clock goes back', async () => {
    const hears = account();
    await hears(Response.json(required));
    expect(await hears(notFound(null))).toBe(true);
    expect(await hears(notFound(100 * hour))).toBe(true);
    expect(await hears(notFound(0))).toBe(true);
    expect(await hears(notFound(23 * hour))).toBe(true);
    expect(await hears(notFound(24 * hour))).toBe(false);
  });

  it('is dropped at once by a document that does not ask for it', async () => {
    const hears = account();
    await hears(Response.json(required));
    expect(await hears(Response.json(homeserver))).toBe(false);
  });

  it.each([
    ['other JSON', Response.json({ status: 'maintenance' })],
    ['an empty object', Response.json({})],
    ['a demand that is not understood', Response.json({ ...homeserver, 'io.element.e2ee': 'no' })],
    ['a page', new Response('<html>', { headers: { 'content-type': 'text/html' } })],
    ['an error', new Response('', { status: 503 })],
    ['an error with a document', Response.json(homeserver, { status: 503 })],
    ['nothing', null],
  ])('is not dropped by %s', async (_what, answer) => {
    const hears = account();
    await hears(Response.json(required));
    expect(await hears(answer)).toBe(true);
  });

  it('is none where there never was a document', async () => {
    const hears = account();
    expect(await hears(notFound(0))).toBe(false);
    expect(await hears(Response.json(required))).toBe(true);
  });
});

describe('what a document asks for', () => {
  const asks = (
    secure_backup_required: unknown,
    secure_backup_setup_methods?: unknown,
  ): unknown => ({
    'io.element.e2ee': { secure_backup_required, secure_backup_setup_methods },
  });
  const both = ['key', 'phrase'];

  it.each([
    [true, true],
    [false, false],
    [undefined, false],
    [null, false],
    ['yes', true],
    [0, true],
  ])('with “required” as %j is required: %s', async (required, setupRequired) => {
    expect(await after(asks(required))).toMatchObject({ setupRequired });
  });

  it.each([
    [['key'], ['key']],
    [['passphrase'], ['phrase']],
    [['passphrase', 'key'], both],
    [['fingerprint'], both],
    [[], both],
    ['key', both],
    [undefined, both],
  ])('with the ways %j can be met by %j', async (named, methods) => {
    expect(await after(asks(true, named))).toEqual({ setupRequired: true, methods });
  });

  it('holds though the rest of it is not understood', async () => {
    const answer = { ...required, 'm.homeserver': 'https://matrix.example.org' };
    expect(await after(answer)).toMatchObject({ setupRequired: true });
  });

  it('holds for accounts of that server alone', async () => {
    const records = memoryRecords();
    await after(required, { records });
    const silent = (): Promise<Response> => Promise.reject(new Error());
    expect(policyOf(silent, { records }).keys.setupRequired).toBe(true);
    expect(policyOf(silent, { records, serverName: 'example.com' }).keys.setupRequired).toBe(false);
  });

  it('gives way to the organisation in the ways, and adds to what that requires', async () => {
    const managed = { keyBackupRequired: true, setupMethods: ['key'] };
    const server = asks(false, ['passphrase']);
    expect(await after(server, { managed })).toEqual({ setupRequired: true, methods: ['key'] });
    const { keyBackupRequired } = managed;
    expect(await after(server, { managed: { keyBackupRequired } })).toEqual({
      setupRequired: true,
      methods: ['phrase'],
    });
  });
});

describe('asking for the document', () => {
  const urlAsked = async (given: Given): Promise<string> => {
    let asked = '';
    const policy = policyOf((url) => {
      asked = url.href;
      return Promise.reject(new Error());
    }, given);
    await policy.ask();
    return asked;
  };

  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('goes to the server’s name, or to where it really is', async () => {
    expect(await urlAsked({})).toBe('https://example.org/.well-known/matrix/client');
    const local = { baseUrl: 'http://localhost:8008/', serverName: 'localhost:8008' };
    expect(await urlAsked(local)).toBe('http://localhost:8008/.well-known/matrix/client');
  });

  it('is done once an hour where it was answered, and at each occasion where it was not', async () => {
    let at = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => at);
    const answers = [null, Response.json(required), Response.json(required), notFound(0)];
    let asked = 0;
    const policy = policyOf(() => {
      const answer = answers[asked] ?? null;
      asked += 1;
      return answer === null ? Promise.reject(new Error()) : Promise.resolve(answer);
    });
    expect(await policy.ask()).toBe(false);
    // True only where what is asked for is another now.
    expect(await policy.ask()).toBe(true);
    at = hour - 1;
    expect(await policy.ask()).toBe(false);
    expect(asked).toBe(2);
    at = hour;
    expect(await policy.ask()).toBe(false);
    at = 2 * hour;
    expect(await policy.ask()).toBe(false);
    expect(asked).toBe(4);
  });

  it('changes nothing once the session has ended', async () => {
    const stop = new AbortController();
    const records = memoryRecords();
    const policy = policyOf(
      () => {
        stop.abort();
        return Promise.resolve(Response.json(required));
      },
      { records, stopped: stop.signal },
    );
    expect(await policy.ask()).toBe(false);
    expect(policy.keys.setupRequired).toBe(false);
    expect(records.get('keys.policy')).toBeUndefined();
  });

  it.each(['session', 'patience'] as const)('ends with the %s', async (which) => {
    const session = new AbortController();
    const patience = new AbortController();
    const timeout = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(patience.signal);
    let signal: AbortSignal | null | undefined;
    const policy = policyOf(
      (_url, how) => {
        signal = how.signal;
        return new Promise((_, reject) => {
          signal?.addEventListener('abort', () => reject(new Error('ended')));
        });
      },
      { stopped: session.signal },
    );
    const asking = policy.ask();
    (which === 'session' ? session : patience).abort();
    expect(signal?.aborted).toBe(true);
    expect(await asking).toBe(false);
    expect(timeout).toHaveBeenCalledWith(15_000);
  });

  it('keeps nothing where there never was anything', async () => {
    const records = memoryRecords();
    const policy = policyOf(() => Promise.resolve(notFound(0)), { records });
    await policy.ask();
    expect(records.get('keys.policy')).toBeUndefined();
  });
});

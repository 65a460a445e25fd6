import { describe, expect, it } from 'vitest';
import type { AccountContext } from '../../../main/engine/account-context';
import { AccountPolicy } from '../../../main/engine/keys/server/key-policy';
import { unmanaged } from '../../../main/policy/managed-policy';
import { ValueSource } from '../../../main/topics/value-source';
import { memoryRecords } from './memory-records';

const homeserver = { 'm.homeserver': { base_url: 'https://matrix.example.org' } };
const required = { ...homeserver, 'io.element.e2ee': { secure_backup_required: true } };
const hour = 3_600_000;

/** An account over many starts: each answer is given to a start of its own. */
function account() {
  const records = memoryRecords();
  return async (answer: Response | null): Promise<boolean> => {
    const policy = new AccountPolicy({
      client: {
        getHomeserverUrl: () => 'https://matrix.example.org',
        http: {
          fetch: () => (answer === null ? Promise.reject(new Error()) : Promise.resolve(answer)),
        },
      },
      account: { serverName: 'example.org' },
      store: { crypto: { records } },
      managed: new ValueSource(unmanaged),
      stopped: new AbortController().signal,
    } as unknown as AccountContext);
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
  });

  it('is dropped at once by a document that does not ask for it', async () => {
    const hears = account();
    await hears(Response.json(required));
    expect(await hears(Response.json(homeserver))).toBe(false);
  });

  it.each([
    ['other JSON', Response.json({ status: 'maintenance' })],
    ['an empty object', Response.json({})],
    ['a page', new Response('<html>', { headers: { 'content-type': 'text/html' } })],
    ['an error', new Response('', { status: 503 })],
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

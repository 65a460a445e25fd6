import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RoomId } from '../../../preload/model/ids';
import type { TimelineItem } from '../../../preload/model/rooms';
import { MatrixEventEvent } from 'matrix-js-sdk';
import type { CryptoBackend } from 'matrix-js-sdk/lib/common-crypto/CryptoBackend.js';
import type { CryptoApi } from 'matrix-js-sdk/lib/crypto-api/index.js';
import {
  removeProfiles,
  startEngine,
  type EngineProfile,
  type TestEngine,
} from '../../support/engine/start-engine';
import { matrixError, type Intercept } from '../../support/engine/test-fetch';
import type { Device } from '../../support/partner/device';
import { bodies, says } from './content';
import { startConversation, watch, type Conversation } from './conversation';

let talk: Conversation;

beforeAll(async () => {
  talk = await startConversation();
});

beforeEach(() => {
  talk.ada.intercept(null);
});

afterAll(async () => {
  await talk[Symbol.asyncDispose]();
  await removeProfiles();
});

describe('a message that can not be sent', () => {
  it('is shown as failed without a connection, and goes out on retry', async () => {
    const { ada, ben, roomId } = talk;
    ada.intercept(onSend(() => Promise.reject(new TypeError('fetch failed'))));
    await ada.call('timeline.send', { roomId, body: 'Into the void' });
    const failed = await until('Into the void', 'failed');

    ada.intercept(null);
    await ada.call('timeline.retry', { roomId, itemId: failed.id });
    const sent = await until('Into the void', 'sent');
    expect(sent.id).toBe(failed.id);
    await ben.hears(roomId, 'Into the void');
  });

  it('goes out by itself, in order, when the connection is back', async () => {
    const { ada, ben, roomId } = talk;
    const noNetwork = (): Promise<Response> => Promise.reject(new TypeError('fetch failed'));
    ada.intercept(noNetwork);
    await ada.connection.waitFor(({ state }) => state === 'reconnecting');
    await ada.call('timeline.send', { roomId, body: 'First without a network' });
    await ada.call('timeline.send', { roomId, body: 'Second without a network' });
    await until('First without a network', 'failed');
    await until('Second without a network', 'failed');

    ada.intercept(null);
    ada.engine.session.client.retryImmediately();
    await until('Second without a network', 'sent');
    await ben.hears(roomId, 'Second without a network');
    const heard = ben.client.getRoom(roomId)!.getLiveTimeline().getEvents();
    const both = heard
      .map((event) => String(event.getContent()['body']))
      .filter((body) => body.endsWith('without a network'));
    expect(both).toEqual(['First without a network', 'Second without a network']);
  });

  it('does not arrive twice when only the answer was lost', async () => {
    const { ada, ben, roomId } = talk;
    const paths: string[] = [];
    ada.intercept(
      onSend(async ({ url }, onward) => {
        paths.push(url.pathname);
        const response = await onward();
        if (paths.length === 1) throw new TypeError('terminated');
        return response;
      }),
    );
    await ada.call('timeline.send', { roomId, body: 'Exactly once' });
    // Where its echo comes before the lost answer is noticed, it never fails.
    const item = await until('Exactly once', 'failed', 'sent');
    if (item.delivery === 'failed') await ada.call('timeline.retry', { roomId, itemId: item.id });
    await until('Exactly once', 'sent');
    await ada.call('timeline.send', { roomId, body: 'After it' });
    await ben.hears(roomId, 'After it');

    // Where its echo was faster than the person, it was not even sent again.
    expect(new Set(paths.slice(0, -1)).size).toBe(1);
    const heard = ben.client.getRoom(roomId)!.getLiveTimeline().getEvents();
    const copies = heard.filter((event) => event.getContent()['body'] === 'Exactly once');
    expect(copies).toHaveLength(1);
    expect(bodies(talk.timeline.items).filter((body) => body === 'Exactly once')).toHaveLength(1);
  });

  it('waits as long as a rate-limiting server asks, then goes out by itself', async () => {
    const { ada, ben, roomId } = talk;
    const tries: number[] = [];
    ada.intercept(
      onSend((_request, onward) => {
        tries.push(performance.now());
        if (tries.length > 1) return onward();
        const limited = matrixError(429, 'M_LIMIT_EXCEEDED');
        limited.headers.set('retry-after', '1');
        return Promise.resolve(limited);
      }),
    );
    await ada.call('timeline.send', { roomId, body: 'Patience' });
    await until('Patience', 'sent');
    await ben.hears(roomId, 'Patience');
    expect((tries[1] ?? 0) - (tries[0] ?? 0)).toBeGreaterThanOrEqual(1000);
  });

  it('fails after a few tries on a broken server, and can be discarded', async () => {
    const { ada, roomId, timeline } = talk;
    ada.intercept(onSend(() => Promise.resolve(new Response('<html>', { status: 502 }))));
    await ada.call('timeline.send', { roomId, body: 'Never mind' });
    const failed = await until('Never mind', 'failed');
    await ada.call('timeline.discard', { roomId, itemId: failed.id });
    await timeline.waitFor((probe) => probe.get(failed.id) === undefined);
  });

  it('does not hold back the next one', async () => {
    const { ada, ben, roomId } = talk;
    ada.intercept(onSend(() => Promise.reject(new TypeError('fetch failed'))));
    await ada.call('timeline.send', { roomId, body: 'Stuck' });
    const stuck = await until('Stuck', 'failed');
    ada.intercept(null);
    await ada.call('timeline.send', { roomId, body: 'Overtaking' });
    await until('Overtaking', 'sent');
    await ben.hears(roomId, 'Overtaking');
    await ada.call('timeline.discard', { roomId, itemId: stuck.id });
    await talk.timeline.waitFor((probe) => probe.get(stuck.id) === undefined);
  });

  it('is refused at once when it is too long', async () => {
    const { ada, roomId, timeline } = talk;
    const items = timeline.items.length;
    const body = 'ä'.repeat(30_000);
    await expect(ada.call('timeline.send', { roomId, body })).rejects.toMatchObject({
      code: 'message_too_long',
    });
    expect(timeline.items).toHaveLength(items);
  });

  it('is still there after a restart, under the same transaction', async () => {
    const own = await startConversation();
    const { ada, ben, roomId, timeline } = own;
    ada.intercept(onSend(() => Promise.reject(new TypeError('fetch failed'))));
    await ada.call('timeline.send', { roomId, body: 'Survivor' });
    await timeline.waitFor(({ items }) => items.some(is('Survivor', 'failed')));
    const { id } = timeline.items.find(is('Survivor', 'failed'))!;
    await ada.stop();

    await using again = await startEngine({ profile: ada.profile });
    const reopened = watch(again, roomId);
    await reopened.waitFor(({ items }) => items.some(is('Survivor', 'failed')));
    expect(reopened.items.find(is('Survivor', 'failed'))?.id).toBe(id);
    await again.call('timeline.retry', { roomId, itemId: id });
    await reopened.waitFor(({ items }) => items.some(is('Survivor', 'sent')));
    await ben.hears(roomId, 'Survivor');
    ben.stop();
  });
});

describe('a message written right after a restart, without a connection', () => {
  it('is kept, and goes out by itself once there is one', async () => {
    const own = await startConversation();
    const { ada, ben, roomId } = own;
    await ada.stop();
    const noNetwork: Intercept = () => Promise.reject(new TypeError('fetch failed'));
    await using again = await startEngine({ profile: ada.profile, intercept: noNetwork });
    const reopened = watch(again, roomId);
    await again.connection.waitFor(({ state }) => state === 'reconnecting');
    await again.call('timeline.send', { roomId, body: 'Before anything' });
    await reopened.waitFor(({ items }) => items.some(is('Before anything', 'failed')));

    again.intercept(null);
    again.engine.session.client.retryImmediately();
    await reopened.waitFor(({ items }) => items.some(is('Before anything', 'sent')));
    await ben.hears(roomId, 'Before anything');
    ben.stop();
  });
});

describe('a message that the server has already', () => {
  it.each([
    ['right after a restart', false],
    ['once connected, and comes back only then', true],
  ])('is shown once and keeps its text when it is sent again %s', async (_, late) => {
    const { profile, ben, roomId, id } = await takenBeforeTheEnd();
    // The sync with the message comes after “send again”, while the message is being encrypted.
    const [asked, synced] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let heard = !late;
    await using again = await startEngine({
      profile,
      intercept: async ({ url }, onward) => {
        if (!url.pathname.endsWith('/sync')) return onward();
        if (!heard) {
          heard = true;
          return Response.json({ next_batch: url.searchParams.get('since') });
        }
        await asked.promise;
        return onward();
      },
    });
    encryptAfter(again, synced.promise);
    const reopened = watch(again, roomId);
    await reopened.waitFor(({ items }) => items.some(is('There already', 'failed')));
    if (late) await again.connection.waitFor(({ state }) => state === 'online');
    await again.call('timeline.retry', { roomId, itemId: id });
    asked.resolve();
    await reopened.waitFor((probe) => typeof probe.get(id)?.eventId === 'string');
    synced.resolve();
    await again.call('timeline.send', { roomId, body: 'And after it' });
    await reopened.waitFor(({ items }) => items.some(is('And after it', 'sent')));
    await reopened.waitFor(({ items }) => items.some(is('There already', 'sent')));
    expect(bodies(reopened.items).filter((body) => body === 'There already')).toHaveLength(1);
    ben.stop();
  });

  it('is shown with its text as soon as it is decrypted, of which nothing else tells', async () => {
    const { profile, ben, roomId, id } = await takenBeforeTheEnd();
    const [waiting, shown] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    await using again = await startEngine({
      profile,
      intercept: async ({ url }, onward) => {
        if (url.pathname.endsWith('/sync')) await waiting.promise;
        return onward();
      },
    });
    const copyIsDecrypted = decryptAfter(again, id, shown.promise);
    const reopened = watch(again, roomId);
    await reopened.waitFor(({ items }) => items.some(is('There already', 'failed')));
    waiting.resolve();
    await reopened.waitFor((probe) => isStillDecrypting(probe.get(id)));
    // Nothing is left to happen that would have the room shown anew.
    await copyIsDecrypted;
    const isJudged = (item: TimelineItem): boolean =>
      says('Ends the sync that waits')(item) && item.shield !== 'none';
    await reopened.waitFor(({ items }) => items.some(isJudged));
    await turn();
    shown.resolve();
    await reopened.waitFor(({ items }) => items.some(is('There already', 'sent')));
    ben.stop();
  });
});

/** The server takes the message, and the app ends before it hears of that. */
async function takenBeforeTheEnd(): Promise<{
  readonly profile: EngineProfile;
  readonly ben: Device;
  readonly roomId: RoomId;
  readonly id: string;
}> {
  const { ada, ben, roomId, timeline } = await startConversation();
  const terminated = (): Promise<never> => Promise.reject(new TypeError('terminated'));
  ada.intercept(async ({ url }, onward) => {
    if (url.pathname.endsWith('/sync')) return terminated();
    const response = await onward();
    return url.pathname.includes('/send/') ? terminated() : response;
  });
  await ben.say(roomId, 'Ends the sync that waits');
  await ada.connection.waitFor(({ state }) => state === 'reconnecting');
  await ada.call('timeline.send', { roomId, body: 'There already' });
  await ben.hears(roomId, 'There already');
  await timeline.waitFor(({ items }) => items.some(is('There already', 'failed')));
  const { id } = timeline.items.find(is('There already', 'failed'))!;
  await ada.stop();
  return { profile: ada.profile, ben, roomId, id };
}

/** Encrypting takes until then, as it may where keys have to be shared first. */
function encryptAfter({ engine }: TestEngine, ready: Promise<void>): void {
  const crypto = engine.session.client.getCrypto() as CryptoApi & CryptoBackend;
  const encrypt = crypto.encryptEvent.bind(crypto);
  crypto.encryptEvent = async (...args) => {
    await ready;
    return encrypt(...args);
  };
}

/**
 * Decrypting the message that was stored here takes until then: longer than the SDK takes for the
 * server's copy, of which alone it tells.
 *
 * @returns when the copy is decrypted
 */
function decryptAfter(
  { engine }: TestEngine,
  transaction: string,
  ready: Promise<void>,
): Promise<void> {
  const { client } = engine.session;
  const crypto = client.getCrypto() as CryptoApi & CryptoBackend;
  const decrypt = crypto.decryptEvent.bind(crypto);
  crypto.decryptEvent = async (event) => {
    if (event.getTxnId() === transaction) await ready;
    return decrypt(event);
  };
  return new Promise((resolve) => {
    client.on(MatrixEventEvent.Decrypted, (event) => {
      if (event.getUnsigned().transaction_id === transaction) resolve();
    });
  });
}

function isStillDecrypting(item: TimelineItem | undefined): boolean {
  return item?.content.kind === 'undecryptable' && item.content.reason === 'still_decrypting';
}

function is(body: string, delivery: TimelineItem['delivery']): (item: TimelineItem) => boolean {
  return (item) => says(body)(item) && item.delivery === delivery;
}

async function until(
  body: string,
  ...deliveries: readonly TimelineItem['delivery'][]
): Promise<TimelineItem> {
  const find = (items: readonly TimelineItem[]): TimelineItem | undefined =>
    items.find((item) => deliveries.some((delivery) => is(body, delivery)(item)));
  const { items } = await talk.timeline.waitFor((probe) => find(probe.items) !== undefined);
  return find(items)!;
}

/** Meets the requests that send an event. */
function onSend(intercept: Intercept): Intercept {
  return (request, onward) =>
    /\/rooms\/[^/]+\/send\//.test(request.url.pathname) ? intercept(request, onward) : onward();
}

/** Sections 2.8, 5.9 and 5.10: the path of events, and their dispatch. */
import { describe, expect, it } from 'vitest';
import { end, eventOf } from '../support/indexeddb';
import { openStores } from '../support/object-stores';

describe('events', () => {
  it('travel from the request to the transaction and the connection, capturing first', async () => {
    const { db } = await openStores('s');
    const transaction = db.transaction('s', 'readwrite');
    const store = transaction.objectStore('s');
    store.add(1, 1);
    const request = store.add(1, 1);
    const log: string[] = [];
    const targets = { request, transaction, db };
    for (const [name, target] of Object.entries(targets)) {
      for (const capture of [true, false]) {
        target.addEventListener(
          'error',
          (event) => {
            log.push(`${name} ${event.eventPhase}`);
            expect(event.target).toBe(request);
            expect(event.currentTarget).toBe(target);
            expect(event.composedPath()).toEqual([request, transaction, db]);
            if (name === 'db') event.preventDefault();
          },
          capture,
        );
      }
    }
    expect(await end(transaction)).toBe('complete');
    expect(log).toEqual([
      'db 1',
      'transaction 1',
      'request 2',
      'request 2',
      'transaction 3',
      'db 3',
    ]);
  });

  it('of success do not bubble, and stop where they are stopped', async () => {
    const { db } = await openStores('s');
    const transaction = db.transaction('s', 'readwrite');
    const store = transaction.objectStore('s');
    const log: string[] = [];
    db.addEventListener('success', () => log.push('db'));
    db.addEventListener('error', () => log.push('db error'));
    store.put(1, 1);
    const failing = store.add(1, 1);
    failing.onerror = (event) => {
      event.preventDefault();
      event.stopPropagation();
      log.push('request error');
    };
    await end(transaction);
    expect(log).toEqual(['request error']);
  });

  it('of abort bubble to the connection, those of complete do not', async () => {
    const { db } = await openStores('s');
    const log: string[] = [];
    db.onabort = (event) => log.push(`${event.type} ${event.target === aborted}`);
    db.addEventListener('complete', () => log.push('complete'));
    const aborted = db.transaction('s');
    aborted.abort();
    await eventOf(aborted, 'abort');
    await end(db.transaction('s'));
    expect(log).toEqual(['abort true']);
  });

  it('can be dispatched by script, are seen by handlers, and obey listener options', async () => {
    const { db } = await openStores('s');
    const log: unknown[] = [];
    const controller = new AbortController();
    db.addEventListener('x', () => log.push('once'), { once: true });
    db.addEventListener('x', () => log.push('signal'), { signal: controller.signal });
    db.addEventListener('x', { handleEvent: (event) => log.push(event.currentTarget === db) });
    db.dispatchEvent(new Event('x'));
    controller.abort();
    db.dispatchEvent(new Event('x'));
    expect(log).toEqual(['once', 'signal', true, true]);
    db.onversionchange = () => false;
    const event = new Event('versionchange', { cancelable: true });
    expect(db.dispatchEvent(event)).toBe(false);
    db.onversionchange = null;
    expect(db.onversionchange).toBeNull();
  });
});

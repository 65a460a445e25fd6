/** Sections 5.2 and 5.4 to 5.6: committing, aborting, and closing by force. */
import { describe, expect, it } from 'vitest';
import { closeIndexedDB } from '../../../../main/store/indexeddb';
import { end, eventOf, openDatabase, result, thrownName } from '../support/indexeddb';
import { isActive, openStores } from '../support/object-stores';

const macrotask = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

describe('commit()', () => {
  it('takes no further requests, but answers those that were made', async () => {
    const { db } = await openStores('s');
    const transaction = db.transaction('s', 'readwrite');
    const store = transaction.objectStore('s');
    const log: string[] = [];
    store.put(1, 1).onsuccess = () => {
      log.push('success');
      expect(thrownName(() => store.put(2, 2))).toBe('TransactionInactiveError');
    };
    transaction.commit();
    expect(thrownName(() => store.put(2, 2))).toBe('TransactionInactiveError');
    expect(thrownName(() => transaction.commit())).toBe('InvalidStateError');
    expect(thrownName(() => transaction.abort())).toBe('InvalidStateError');
    transaction.oncomplete = () => log.push('complete');
    await end(transaction);
    expect(log).toEqual(['success', 'complete']);
    expect(thrownName(() => transaction.commit())).toBe('InvalidStateError');
  });

  it('does not wait for a listener, and ignores what it throws', async () => {
    const { db, thrown } = await openStores('s');
    const transaction = db.transaction('s', 'readwrite');
    transaction.objectStore('s').put(1, 1).onsuccess = () => {
      throw new Error('late');
    };
    transaction.commit();
    expect(await end(transaction)).toBe('complete');
    expect(thrown).toHaveLength(1);
  });

  it('aborts when a pending request fails, even if that is prevented', async () => {
    const { db } = await openStores('s');
    const transaction = db.transaction('s', 'readwrite');
    const store = transaction.objectStore('s');
    store.add(1, 1);
    const request = store.add(2, 1);
    request.onerror = (event) => event.preventDefault();
    transaction.commit();
    expect(await end(transaction)).toBe('abort');
    expect(transaction.error?.name).toBe('ConstraintError');
  });
});

describe('abort()', () => {
  it('undoes everything, fails what is pending, and then says so', async () => {
    const { db } = await openStores('s');
    await end(
      (() => {
        const first = db.transaction('s', 'readwrite');
        first.objectStore('s').put('kept', 1);
        return first;
      })(),
    );
    const transaction = db.transaction('s', 'readwrite');
    const store = transaction.objectStore('s');
    const log: string[] = [];
    await result(store.put('lost', 1));
    const pending = [store.put(1, 2), store.get(1)];
    for (const [i, request] of pending.entries()) {
      request.onerror = (event) => {
        log.push(`${i} ${request.error?.name}`);
        expect(event.bubbles && event.cancelable).toBe(true);
        expect(request.result).toBeUndefined();
      };
    }
    transaction.onabort = (event) => {
      log.push('abort');
      expect(event.bubbles).toBe(true);
      expect(event.cancelable).toBe(false);
    };
    transaction.abort();
    expect(thrownName(() => transaction.abort())).toBe('InvalidStateError');
    expect(thrownName(() => store.get(1))).toBe('TransactionInactiveError');
    await end(transaction);
    expect(transaction.error).toBeNull();
    expect(log).toEqual(['0 AbortError', '1 AbortError', 'abort']);
    expect(await result(db.transaction('s').objectStore('s').get(1))).toBe('kept');
  });

  it('comes from a failed request that nobody handles', async () => {
    const { db } = await openStores('s');
    const transaction = db.transaction('s', 'readwrite');
    const store = transaction.objectStore('s');
    store.add(1, 1);
    const failing = store.add(1, 1);
    store.put(3, 3);
    expect(await end(transaction)).toBe('abort');
    expect(failing.error?.name).toBe('ConstraintError');
    expect(transaction.error).toBe(failing.error);
    expect(await result(db.transaction('s').objectStore('s').count())).toBe(0);
  });

  it('does not come from a failed request that was handled', async () => {
    const { db } = await openStores('s');
    const transaction = db.transaction('s', 'readwrite');
    const store = transaction.objectStore('s');
    store.add(1, 1);
    store.add(1, 1).onerror = (event) => event.preventDefault();
    store.put(3, 3);
    expect(await end(transaction)).toBe('complete');
    expect(await result(db.transaction('s').objectStore('s').count())).toBe(2);
  });

  it.each(['success', 'error'])('comes from a listener of %s that throws', async (type) => {
    const { db, thrown } = await openStores('s');
    const transaction = db.transaction('s', 'readwrite');
    const store = transaction.objectStore('s');
    store.add(1, 1);
    const request = type === 'success' ? store.get(1) : store.add(1, 1);
    const boom = new Error('boom');
    request.addEventListener(type, (event) => {
      event.preventDefault();
      throw boom;
    });
    expect(await end(transaction)).toBe('abort');
    expect(transaction.error?.name).toBe('AbortError');
    expect(thrown).toEqual([boom]);
  });

  it('does not come from a listener of complete that throws', async () => {
    const { db, thrown } = await openStores('s');
    const transaction = db.transaction('s', 'readwrite');
    transaction.objectStore('s').put(1, 1);
    transaction.oncomplete = () => {
      throw new Error('after');
    };
    await end(transaction);
    expect(thrown).toHaveLength(1);
    expect(await result(db.transaction('s').objectStore('s').get(1))).toBe(1);
  });

  it('from within a getter of a value being stored refuses the value', async () => {
    const { db } = await openStores('s');
    const transaction = db.transaction('s', 'readwrite');
    const store = transaction.objectStore('s');
    const value = {
      get inactive(): boolean {
        return !isActive(store);
      },
    };
    await result(store.put(value, 1));
    expect(await result(store.get(1))).toEqual({ inactive: true });
    const aborting = {
      get x(): number {
        transaction.abort();
        return 1;
      },
    };
    expect(thrownName(() => store.put(aborting, 2))).toBe('TransactionInactiveError');
  });
});

describe('closing by force', () => {
  it('aborts what is unfinished, also what has not started, and fires close', async () => {
    const { indexedDB, db } = await openStores('s');
    const running = db.transaction('s', 'readwrite');
    const waiting = db.transaction('s', 'readwrite');
    running.objectStore('s').put(1, 1);
    const ends = [running, waiting].map(end);
    const log: string[] = [];
    db.onclose = () => log.push('close');
    await eventOf(running.objectStore('s').put(2, 2), 'success');
    closeIndexedDB(indexedDB);
    expect(await Promise.all(ends)).toEqual(['abort', 'abort']);
    expect(running.error?.name).toBe('AbortError');
    await macrotask();
    expect(log).toEqual(['close']);
    expect(thrownName(() => db.transaction('s'))).toBe('InvalidStateError');
    const again = await openDatabase(indexedDB);
    const writer = again.transaction('s', 'readwrite');
    writer.objectStore('s').put(3, 3);
    expect(await end(writer)).toBe('complete');
    expect(await result(again.transaction('s').objectStore('s').getAllKeys())).toEqual([3]);
  });
});

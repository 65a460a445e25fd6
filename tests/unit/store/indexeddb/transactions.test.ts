/** Sections 2.7 and 4.10: the states of a transaction, its lifetime, and scheduling. */
import { describe, expect, it } from 'vitest';
import { end, newIndexedDB, openDatabase, result, thrownName } from '../support/indexeddb';
import { isActive, openStores } from '../support/object-stores';

function keepAlive(transaction: IDBTransaction, store: string): () => void {
  let isWanted = true;
  const spin = (): void => {
    transaction.objectStore(store).get(0).onsuccess = () => {
      if (isWanted) spin();
    };
  };
  spin();
  return () => {
    isWanted = false;
  };
}

/** Calls back from a listener, when the transaction is active. */
function onNextSuccess(transaction: IDBTransaction, callback: () => void): void {
  transaction.addEventListener('success', callback, { capture: true, once: true });
}

const macrotask = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

describe('transaction()', () => {
  it('checks its arguments in the order of the specification', async () => {
    const { db } = await openStores('a');
    expect(thrownName(() => db.transaction('none'))).toBe('NotFoundError');
    expect(thrownName(() => db.transaction(['a', 'none']))).toBe('NotFoundError');
    expect(thrownName(() => db.transaction([]))).toBe('InvalidAccessError');
    expect(thrownName(() => db.transaction('a', 'versionchange'))).toBe('TypeError');
    expect(thrownName(() => db.transaction('none', 'what' as 'readonly'))).toBe('TypeError');
    const durability = 'eternal' as IDBTransactionDurability;
    expect(thrownName(() => db.transaction('a', 'readonly', { durability }))).toBe('TypeError');
    db.close();
    expect(thrownName(() => db.transaction('none'))).toBe('InvalidStateError');
  });

  it('gives what it was asked for', async () => {
    const { db } = await openStores('b', 'a');
    const transaction = db.transaction(['b', 'a', 'b'], 'readwrite', { durability: 'relaxed' });
    expect([...transaction.objectStoreNames]).toEqual(['a', 'b']);
    expect(transaction.objectStoreNames.contains('a')).toBe(true);
    expect(transaction.objectStoreNames.item(2)).toBeNull();
    expect(transaction).toMatchObject({
      mode: 'readwrite',
      durability: 'relaxed',
      db,
      error: null,
    });
    expect(transaction.objectStore('a')).toBe(transaction.objectStore('a'));
    expect(thrownName(() => transaction.objectStore('c'))).toBe('NotFoundError');
    expect(db.transaction('a')).toMatchObject({ mode: 'readonly', durability: 'default' });
    await end(transaction);
    expect(thrownName(() => transaction.objectStore('a'))).toBe('InvalidStateError');
  });

  it('is refused during an upgrade', async () => {
    const { indexedDB } = newIndexedDB();
    await openDatabase(indexedDB, (db) => {
      db.createObjectStore('s');
      expect(thrownName(() => db.transaction('s'))).toBe('InvalidStateError');
    });
  });
});

describe('a transaction', () => {
  it('is active for the script that made it and its promise reactions, then no more', async () => {
    const { db } = await openStores('s');
    await macrotask();
    const store = db.transaction('s').objectStore('s');
    const seen = [isActive(store)];
    const timer = macrotask().then(() => seen.push(isActive(store)));
    await Promise.resolve().then(() => undefined);
    seen.push(isActive(store));
    await timer;
    expect(seen).toEqual([true, true, false]);
  });

  it('is inactive in a timer that runs before its first request is answered', async () => {
    const { db } = await openStores('s');
    const order: unknown[] = [];
    await new Promise<void>((resolve) => {
      setImmediate(() => {
        const store = db.transaction('s').objectStore('s');
        store.get(1).onsuccess = () => {
          order.push('success');
          resolve();
        };
        setTimeout(() => order.push(isActive(store)), 0);
        // The timer is due when this turn ends, and so comes before the next immediate.
        for (const start = Date.now(); Date.now() - start < 5;);
      });
    });
    expect(order).toEqual([false, 'success']);
  });

  it('is active in listeners of its requests and their promise reactions only', async () => {
    const { db } = await openStores('s');
    const transaction = db.transaction('s', 'readwrite');
    const stop = keepAlive(transaction, 's');
    const store = transaction.objectStore('s');
    const seen: unknown[] = [];
    const request = store.put(1, 1);
    request.addEventListener('success', () => {
      seen.push(['first', isActive(store)]);
      void Promise.resolve()
        .then(() => undefined)
        .then(() => seen.push(['reaction', isActive(store)]));
    });
    request.addEventListener('success', () => {
      seen.push(['second', isActive(store)]);
      setTimeout(() => {
        seen.push(['timer', isActive(store)]);
        stop();
      }, 0);
    });
    await end(transaction);
    expect(seen).toEqual([
      ['first', true],
      ['reaction', true],
      ['second', true],
      ['timer', false],
    ]);
  });

  it('stays alive along a chain of promises', async () => {
    const { db } = await openStores('s');
    const transaction = db.transaction('s', 'readwrite');
    const ended = end(transaction);
    const store = transaction.objectStore('s');
    for (let i = 0; i < 50; i += 1) {
      await result(store.put(i, i));
      await Promise.resolve();
      expect(await result(store.get(i))).toBe(i);
    }
    expect(await ended).toBe('complete');
  });

  it('commits by itself, also without any request', async () => {
    const { db } = await openStores('s');
    const order: string[] = [];
    const transactions = ['readwrite', 'readonly', 'readwrite'].map((mode, i) => {
      const transaction = db.transaction('s', mode as IDBTransactionMode);
      transaction.oncomplete = () => order.push(`${i}`);
      return end(transaction);
    });
    await Promise.all(transactions);
    expect(order).toEqual(['0', '1', '2']);
  });

  it('answers requests in order, each in a task of its own', async () => {
    const { db } = await openStores('s');
    const transaction = db.transaction('s', 'readwrite');
    const log: string[] = [];
    const store = transaction.objectStore('s');
    for (const name of ['a', 'b', 'c']) {
      store.put(name, name).onsuccess = () => {
        log.push(name);
        void Promise.resolve().then(() => log.push(`${name}'`));
      };
    }
    transaction.oncomplete = () => log.push('complete');
    await end(transaction);
    expect(log).toEqual(['a', "a'", 'b', "b'", 'c', "c'", 'complete']);
  });

  it('runs promise reactions between two listeners of one event', async () => {
    const { db } = await openStores('s');
    const request = db.transaction('s').objectStore('s').get(1);
    const log: string[] = [];
    request.addEventListener('success', () => {
      void Promise.resolve().then(() => log.push('reaction'));
    });
    request.addEventListener('success', () => log.push('second'));
    await end(request.transaction!);
    expect(log).toEqual(['reaction', 'second']);
  });
});

describe('scheduling', () => {
  it('lets readers run side by side', async () => {
    const { db } = await openStores('s');
    const [a, b] = [db.transaction('s'), db.transaction('s')];
    let other = false;
    const spin = (): void => {
      a.objectStore('s').get(1).onsuccess = () => {
        if (!other) spin();
      };
    };
    spin();
    b.objectStore('s').get(1).onsuccess = () => {
      other = true;
    };
    expect(await Promise.all([end(a), end(b)])).toEqual(['complete', 'complete']);
  });

  it('starts overlapping transactions in the order of their creation', async () => {
    const { db } = await openStores('a', 'b');
    const log: string[] = [];
    const run = (name: string, stores: string[], mode: IDBTransactionMode): Promise<unknown> => {
      const transaction = db.transaction(stores, mode);
      const request = transaction.objectStore(stores[0]!).get(1);
      request.onsuccess = () => {
        log.push(`${name} begins`);
        transaction.objectStore(stores[0]!).get(2).onsuccess = () => log.push(`${name} ends`);
      };
      return end(transaction);
    };
    await Promise.all([
      run('w1', ['a'], 'readwrite'),
      run('r1', ['a', 'b'], 'readonly'),
      run('w2', ['b'], 'readwrite'),
      run('r2', ['b'], 'readonly'),
    ]);
    expect(log).toEqual([
      'w1 begins',
      'w1 ends',
      'r1 begins',
      'r1 ends',
      'w2 begins',
      'w2 ends',
      'r2 begins',
      'r2 ends',
    ]);
  });

  it('lets a reader see only what was committed before it', async () => {
    const { db } = await openStores('s');
    const writer = db.transaction('s', 'readwrite');
    writer.objectStore('s').put('new', 1);
    const reader = db.transaction('s');
    const lateWriter = db.transaction('s', 'readwrite');
    lateWriter.objectStore('s').put('newer', 1);
    const seen: unknown[] = [];
    for (let i = 0; i < 3; i += 1) seen.push(await result(reader.objectStore('s').get(1)));
    expect(seen).toEqual(['new', 'new', 'new']);
    await end(lateWriter);
  });

  it('lets writers with disjoint scopes run side by side, each with a fate of its own', async () => {
    const { db } = await openStores('a', 'b', 'c');
    const writers = ['a', 'b', 'c'].map((name) => db.transaction(name, 'readwrite'));
    const ends = writers.map(end);
    const stops = writers.map((writer, i) => keepAlive(writer, 'abc'[i]!));
    const put = async (value: string, ...which: number[]): Promise<void> => {
      const done = which.map(
        (i) =>
          new Promise<void>((resolve) => {
            onNextSuccess(writers[i]!, () => {
              writers[i]!.objectStore('abc'[i]!).put(value, value).onsuccess = () => resolve();
            });
          }),
      );
      await Promise.all(done);
    };
    // Each waits for the others: none could go on if they ran one after the other.
    await put('first', 0, 1, 2);
    await put('second', 0, 1, 2);
    writers[1]!.abort();
    await ends[1];
    await put('third', 0, 2);
    for (const stop of stops) stop();
    expect(await Promise.all(ends)).toEqual(['complete', 'abort', 'complete']);
    const reader = db.transaction(['a', 'b', 'c']);
    const keys = ['a', 'b', 'c'].map((name) => result(reader.objectStore(name).getAllKeys()));
    const all = ['first', 'second', 'third'];
    expect(await Promise.all(keys)).toEqual([all, [], all]);
  });

  it('lets writers in different databases run side by side', async () => {
    const { indexedDB } = newIndexedDB();
    const upgrade = (db: IDBDatabase): unknown => db.createObjectStore('s');
    const dbs = [
      await openDatabase(indexedDB, upgrade, { name: 'x' }),
      await openDatabase(indexedDB, upgrade, { name: 'y' }),
    ];
    const [x, y] = dbs.map((db) => db.transaction('s', 'readwrite'));
    const ended = end(x!);
    x!.objectStore('s').put('x', 1);
    y!.objectStore('s').put('y', 1);
    keepAlive(x!, 's');
    expect(await end(y!)).toBe('complete');
    x!.abort();
    expect(await ended).toBe('abort');
    const values = dbs.map((db) => result(db.transaction('s').objectStore('s').get(1)));
    expect(await Promise.all(values)).toEqual([undefined, 'y']);
  });
});

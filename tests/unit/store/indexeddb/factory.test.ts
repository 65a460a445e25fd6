/** Sections 4.3 and 5.1 to 5.3: opening, upgrading, closing and deleting databases. */
import { describe, expect, it } from 'vitest';
import {
  IDBCursor,
  IDBCursorWithValue,
  IDBDatabase,
  IDBFactory,
  IDBIndex,
  IDBKeyRange,
  IDBObjectStore,
  IDBOpenDBRequest,
  IDBRecord,
  IDBRequest,
  IDBTransaction,
  IDBVersionChangeEvent,
  installIndexedDBGlobals,
} from '../../../../main/store/indexeddb';
import { end, eventOf, newIndexedDB, openDatabase, result, thrownName } from '../support/indexeddb';

describe('open()', () => {
  it('creates a database of version 1, or of the version asked for', async () => {
    const { indexedDB } = newIndexedDB();
    const events: IDBVersionChangeEvent[] = [];
    const request = indexedDB.open('a');
    expect(request).toBeInstanceOf(IDBOpenDBRequest);
    expect(request.readyState).toBe('pending');
    expect(thrownName(() => request.result)).toBe('InvalidStateError');
    expect(thrownName(() => request.error)).toBe('InvalidStateError');
    request.onupgradeneeded = (event) => events.push(event);
    const db = await result(request);
    expect(db).toBeInstanceOf(IDBDatabase);
    expect([db.name, db.version, db.objectStoreNames.length]).toEqual(['a', 1, 0]);
    expect(events[0]).toBeInstanceOf(IDBVersionChangeEvent);
    expect([events[0]?.oldVersion, events[0]?.newVersion]).toEqual([0, 1]);
    const other = await openDatabase(indexedDB, undefined, { name: 'b', version: 2 ** 53 - 1 });
    expect(other.version).toBe(2 ** 53 - 1);
  });

  it('takes the present version when none is given', async () => {
    const { indexedDB } = newIndexedDB();
    (await openDatabase(indexedDB, undefined, { version: 7 })).close();
    expect((await result(indexedDB.open('db'))).version).toBe(7);
  });

  it('refuses a lower version', async () => {
    const { indexedDB } = newIndexedDB();
    (await openDatabase(indexedDB, undefined, { version: 3 })).close();
    await expect(result(indexedDB.open('db', 2))).rejects.toMatchObject({ name: 'VersionError' });
  });

  it.each([0, -1, NaN, Infinity, 2 ** 53, 'x', {}, null, 0.9])(
    'throws a TypeError for the version %s',
    (version) => {
      const { indexedDB } = newIndexedDB();
      expect(thrownName(() => indexedDB.open('db', version as number))).toBe('TypeError');
    },
  );

  it('rounds a version down', async () => {
    const { indexedDB } = newIndexedDB();
    expect((await result(indexedDB.open('db', 1.9))).version).toBe(1);
  });

  it('keeps names that are no valid Unicode apart', async () => {
    const { indexedDB } = newIndexedDB();
    const names = ['', '\0', '\ud800', '\udc00', 'ä', 'a\u0308'];
    for (const [i, name] of names.entries()) {
      (await openDatabase(indexedDB, undefined, { name, version: i + 1 })).close();
    }
    const listed = await indexedDB.databases();
    expect(new Map(listed.map(({ name, version }) => [name, version]))).toEqual(
      new Map(names.map((name, i) => [name, i + 1])),
    );
  });

  it('processes the requests for one name in order', async () => {
    const { indexedDB } = newIndexedDB();
    const log: string[] = [];
    const first = indexedDB.open('db', 1);
    first.onupgradeneeded = () => log.push('upgrade 1');
    first.onsuccess = () => {
      log.push('open 1');
      first.result.close();
    };
    const removal = indexedDB.deleteDatabase('db');
    removal.onsuccess = () => log.push('deleted');
    const second = indexedDB.open('db', 1);
    second.onupgradeneeded = () => log.push('upgrade 2');
    await result(second);
    expect(log).toEqual(['upgrade 1', 'open 1', 'deleted', 'upgrade 2']);
  });
});

describe('an upgrade', () => {
  it('asks other connections to close, waits for them, and says when it is blocked', async () => {
    const { indexedDB } = newIndexedDB();
    const [first, second] = [await openDatabase(indexedDB), await openDatabase(indexedDB)];
    const log: string[] = [];
    first.onversionchange = ({ oldVersion, newVersion }) => {
      log.push(`first asked ${oldVersion} ${newVersion}`);
      first.close();
    };
    second.onversionchange = () => log.push('second asked');
    const request = indexedDB.open('db', 2);
    request.onblocked = ({ oldVersion, newVersion }) => {
      log.push(`blocked ${oldVersion} ${newVersion}`);
      second.close();
    };
    request.onupgradeneeded = () => log.push('upgrade');
    expect((await result(request)).version).toBe(2);
    expect(log).toEqual(['first asked 1 2', 'second asked', 'blocked 1 2', 'upgrade']);
  });

  it('is not blocked by a connection that closes, and does not ask one that has', async () => {
    const { indexedDB } = newIndexedDB();
    const [first, second] = [await openDatabase(indexedDB), await openDatabase(indexedDB)];
    const log: string[] = [];
    first.onversionchange = () => {
      log.push('first asked');
      first.close();
      second.close();
    };
    second.onversionchange = () => log.push('second asked');
    const request = indexedDB.open('db', 2);
    request.onblocked = () => log.push('blocked');
    await result(request);
    expect(log).toEqual(['first asked']);
  });

  it('is blocked by a connection that closes in a later task, however early that runs', async () => {
    const { indexedDB } = newIndexedDB();
    const db = await openDatabase(indexedDB);
    const log: string[] = [];
    db.onversionchange = () => {
      setImmediate(() => db.close());
      log.push('asked');
    };
    const request = indexedDB.deleteDatabase('db');
    request.onblocked = () => log.push('blocked');
    await eventOf(request, 'success');
    expect(log).toEqual(['asked', 'blocked']);
  });

  it('waits for the transactions of a closing connection', async () => {
    const { indexedDB } = newIndexedDB();
    const db = await openDatabase(indexedDB, (fresh) => fresh.createObjectStore('s'));
    const transaction = db.transaction('s', 'readwrite');
    const log: string[] = [];
    transaction.objectStore('s').put(1, 1);
    transaction.oncomplete = () => log.push('complete');
    db.close();
    const upgraded = await openDatabase(indexedDB, () => log.push('upgrade'), { version: 2 });
    expect(log).toEqual(['complete', 'upgrade']);
    expect(await result(upgraded.transaction('s').objectStore('s').get(1))).toBe(1);
  });

  it('carries its transaction while it runs, and no longer', async () => {
    const { indexedDB } = newIndexedDB();
    const request = indexedDB.open('db', 1);
    let transaction: globalThis.IDBTransaction | null = null;
    request.onupgradeneeded = () => {
      ({ transaction } = request);
      expect(transaction?.mode).toBe('versionchange');
      expect(transaction?.db).toBe(request.result);
      transaction!.oncomplete = () => {
        expect(request.transaction).toBe(transaction);
        expect(request.readyState).toBe('done');
      };
    };
    await result(request);
    expect(transaction).not.toBeNull();
    expect(request.transaction).toBeNull();
  });

  it('is told to the request before transactions that its end begins', async () => {
    const { indexedDB } = newIndexedDB();
    const request = indexedDB.open('db');
    const order: string[] = [];
    const read = new Promise<void>((resolve) => {
      request.onupgradeneeded = () => {
        request.result.createObjectStore('s');
        request.transaction!.oncomplete = () => {
          order.push('complete');
          request.result.transaction('s').objectStore('s').count().onsuccess = () => {
            order.push('counted');
            resolve();
          };
        };
      };
    });
    request.onsuccess = () => order.push('opened');
    await read;
    expect(order).toEqual(['complete', 'opened', 'counted']);
  });

  it('that aborts fails the request and leaves the database as it was', async () => {
    const { indexedDB } = newIndexedDB();
    const db = await openDatabase(indexedDB, (fresh) => {
      const store = fresh.createObjectStore('kept');
      store.createIndex('index', 'a');
      store.put({ a: 1 }, 1);
    });
    db.close();
    const request = indexedDB.open('db', 2);
    let connection: globalThis.IDBDatabase | undefined;
    let kept: globalThis.IDBObjectStore | undefined;
    let added: globalThis.IDBObjectStore | undefined;
    request.onupgradeneeded = () => {
      connection = request.result;
      const transaction = request.transaction!;
      kept = transaction.objectStore('kept');
      kept.name = 'renamed';
      kept.index('index').name = 'other';
      kept.deleteIndex('other');
      kept.clear();
      added = connection.createObjectStore('added');
      added.createIndex('x', 'x');
      connection.deleteObjectStore('renamed');
      transaction.abort();
    };
    await expect(result(request)).rejects.toMatchObject({ name: 'AbortError' });
    expect(request.transaction).toBeNull();
    expect(request.readyState).toBe('done');
    expect(connection?.version).toBe(1);
    expect([...connection!.objectStoreNames]).toEqual(['kept']);
    expect(kept?.name).toBe('kept');
    expect([...kept!.indexNames]).toEqual(['index']);
    expect(added?.name).toBe('added');
    expect(added?.indexNames.length).toBe(0);
    expect(thrownName(() => connection!.transaction('kept'))).toBe('InvalidStateError');
    const again = await openDatabase(indexedDB);
    const store = again.transaction('kept').objectStore('kept');
    expect(await result(store.index('index').get(1))).toEqual({ a: 1 });
  });

  it('that aborts while creating leaves no database', async () => {
    const { indexedDB } = newIndexedDB();
    const request = indexedDB.open('new', 5);
    let version: number | undefined;
    request.onupgradeneeded = () => {
      const db = request.result;
      db.createObjectStore('s');
      request.transaction!.onabort = () => {
        version = db.version;
        expect(db.objectStoreNames.length).toBe(0);
      };
      request.transaction!.abort();
    };
    await expect(result(request)).rejects.toMatchObject({ name: 'AbortError' });
    expect(version).toBe(0);
    expect(await indexedDB.databases()).toEqual([]);
    const events: number[] = [];
    const again = indexedDB.open('new', 1);
    again.onupgradeneeded = ({ oldVersion }) => events.push(oldVersion);
    await result(again);
    expect(events).toEqual([0]);
  });

  it('aborts when its listener throws', async () => {
    const { indexedDB, thrown } = newIndexedDB();
    const request = indexedDB.open('db', 1);
    const boom = new Error('boom');
    let transaction: globalThis.IDBTransaction | null = null;
    request.onupgradeneeded = () => {
      ({ transaction } = request);
      throw boom;
    };
    await expect(result(request)).rejects.toMatchObject({ name: 'AbortError' });
    expect(thrown).toEqual([boom]);
    expect((transaction as globalThis.IDBTransaction | null)?.error?.name).toBe('AbortError');
  });

  it('whose connection is closed meanwhile commits, and fails the request', async () => {
    const { indexedDB } = newIndexedDB();
    const request = indexedDB.open('db', 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore('s');
      request.result.close();
    };
    await expect(result(request)).rejects.toMatchObject({ name: 'AbortError' });
    const db = await result(indexedDB.open('db'));
    expect([...db.objectStoreNames]).toEqual(['s']);
  });
});

describe('deleteDatabase()', () => {
  it('deletes, and tells the old version', async () => {
    const { indexedDB, database } = newIndexedDB();
    const db = await openDatabase(
      indexedDB,
      (fresh) => fresh.createObjectStore('s').createIndex('i', 'a'),
      { version: 4 },
    );
    const transaction = db.transaction('s', 'readwrite');
    transaction.objectStore('s').put({ a: 1 }, 1);
    await end(transaction);
    db.onversionchange = (event) => {
      expect([event.oldVersion, event.newVersion]).toEqual([4, null]);
      db.close();
    };
    const request = indexedDB.deleteDatabase('db');
    const event = await eventOf<globalThis.IDBVersionChangeEvent>(request, 'success');
    expect([event.oldVersion, event.newVersion, request.result]).toEqual([4, null, undefined]);
    expect(await indexedDB.databases()).toEqual([]);
    for (const table of ['database', 'store', 'index', 'record', 'entry']) {
      expect(database.prepare(`SELECT count(*) FROM idb_${table}`).pluck().get(), table).toBe(0);
    }
  });

  it('succeeds for a database that is not there', async () => {
    const { indexedDB } = newIndexedDB();
    const event = await eventOf<globalThis.IDBVersionChangeEvent>(
      indexedDB.deleteDatabase('none'),
      'success',
    );
    expect([event.oldVersion, event.newVersion]).toEqual([0, null]);
  });

  it('waits, blocked, for a connection that does not close', async () => {
    const { indexedDB } = newIndexedDB();
    const db = await openDatabase(indexedDB);
    const request = indexedDB.deleteDatabase('db');
    await eventOf(request, 'blocked');
    for (let turn = 0; turn < 10; turn += 1) await new Promise((next) => setImmediate(next));
    expect(request.readyState).toBe('pending');
    db.close();
    await eventOf(request, 'success');
  });
});

describe('databases()', () => {
  it('does not show an upgrade before it has committed', async () => {
    const { indexedDB } = newIndexedDB();
    (await openDatabase(indexedDB)).close();
    const request = indexedDB.open('db', 2);
    let during: Promise<IDBDatabaseInfo[]> | undefined;
    request.onupgradeneeded = () => {
      during = indexedDB.databases();
    };
    await result(request);
    expect(await during).toEqual([{ name: 'db', version: 1 }]);
    expect(await indexedDB.databases()).toEqual([{ name: 'db', version: 2 }]);
  });
});

describe('the interface objects', () => {
  it.each([
    IDBCursor,
    IDBCursorWithValue,
    IDBDatabase,
    IDBFactory,
    IDBIndex,
    IDBKeyRange,
    IDBObjectStore,
    IDBOpenDBRequest,
    IDBRecord,
    IDBRequest,
    IDBTransaction,
  ])('cannot be constructed by script: %o', (Interface) => {
    const constructible = Interface as unknown as new () => unknown;
    expect(thrownName(() => new constructible())).toBe('TypeError');
  });

  it('are put on a global object as a browser has them, of which only indexedDB is enumerable', () => {
    const { indexedDB } = newIndexedDB();
    const target: Record<string, unknown> = {};
    installIndexedDBGlobals(target, indexedDB);
    expect(Object.keys(target)).toEqual(['indexedDB']);
    expect(target['indexedDB']).toBe(indexedDB);
    expect(target['IDBFactory']).toBe(IDBFactory);
    expect(indexedDB).toBeInstanceOf(IDBFactory);
    expect(new IDBVersionChangeEvent('x', { oldVersion: 2 })).toMatchObject({
      type: 'x',
      oldVersion: 2,
      newVersion: null,
    });
  });

  it('are event targets by instanceof, and named by Object.prototype.toString', async () => {
    const { indexedDB } = newIndexedDB();
    const db = await openDatabase(indexedDB, (fresh) => fresh.createObjectStore('s'));
    expect(db).toBeInstanceOf(EventTarget);
    expect(Object.prototype.toString.call(db)).toBe('[object IDBDatabase]');
    const request = db.transaction('s').objectStore('s').openCursor();
    expect(Object.prototype.toString.call(request)).toBe('[object IDBRequest]');
  });
});

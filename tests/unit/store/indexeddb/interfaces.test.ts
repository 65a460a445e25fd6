/** Section 4, by Web IDL: the shape of the interfaces, events, and lists of names. */
import { describe, expect, it } from 'vitest';
import { installIndexedDBGlobals } from '../../../../main/store/indexeddb';
import { end, eventOf, newIndexedDB, openDatabase, result, thrownName } from '../support/indexeddb';

/** The interfaces of the specification's appendix: operations with their required arguments. */
interface Interface {
  readonly inherits?: 'EventTarget' | 'Event' | 'IDBRequest' | 'IDBCursor';
  readonly attributes?: readonly string[];
  readonly writable?: readonly string[];
  readonly operations?: Readonly<Record<string, number>>;
  readonly statics?: Readonly<Record<string, number>>;
}

const READ = {
  get: 1,
  getKey: 1,
  getAll: 0,
  getAllKeys: 0,
  getAllRecords: 0,
  count: 0,
  openCursor: 0,
  openKeyCursor: 0,
};

const INTERFACES: Readonly<Record<string, Interface>> = {
  IDBRequest: {
    inherits: 'EventTarget',
    attributes: ['result', 'error', 'source', 'transaction', 'readyState'],
    writable: ['onsuccess', 'onerror'],
  },
  IDBOpenDBRequest: { inherits: 'IDBRequest', writable: ['onblocked', 'onupgradeneeded'] },
  IDBVersionChangeEvent: { inherits: 'Event', attributes: ['oldVersion', 'newVersion'] },
  IDBFactory: { operations: { open: 1, deleteDatabase: 1, databases: 0, cmp: 2 } },
  IDBDatabase: {
    inherits: 'EventTarget',
    attributes: ['name', 'version', 'objectStoreNames'],
    writable: ['onabort', 'onclose', 'onerror', 'onversionchange'],
    operations: { transaction: 1, close: 0, createObjectStore: 1, deleteObjectStore: 1 },
  },
  IDBObjectStore: {
    attributes: ['keyPath', 'indexNames', 'transaction', 'autoIncrement'],
    writable: ['name'],
    operations: {
      ...READ,
      put: 1,
      add: 1,
      delete: 1,
      clear: 0,
      index: 1,
      createIndex: 2,
      deleteIndex: 1,
    },
  },
  IDBIndex: {
    attributes: ['objectStore', 'keyPath', 'multiEntry', 'unique'],
    writable: ['name'],
    operations: READ,
  },
  IDBKeyRange: {
    attributes: ['lower', 'upper', 'lowerOpen', 'upperOpen'],
    operations: { includes: 1 },
    statics: { only: 1, lowerBound: 1, upperBound: 1, bound: 2 },
  },
  IDBRecord: { attributes: ['key', 'primaryKey', 'value'] },
  IDBCursor: {
    attributes: ['source', 'direction', 'key', 'primaryKey', 'request'],
    operations: { advance: 1, continue: 0, continuePrimaryKey: 2, update: 1, delete: 0 },
  },
  IDBCursorWithValue: { inherits: 'IDBCursor', attributes: ['value'] },
  IDBTransaction: {
    inherits: 'EventTarget',
    attributes: ['objectStoreNames', 'mode', 'durability', 'db', 'error'],
    writable: ['onabort', 'oncomplete', 'onerror'],
    operations: { objectStore: 1, commit: 0, abort: 0 },
  },
  DOMStringList: { attributes: ['length'], operations: { item: 1, contains: 1 } },
};

interface InterfaceObject {
  readonly name: string;
  readonly length: number;
  readonly prototype: Record<string, unknown>;
}

const scope: Record<string, unknown> = { EventTarget, Event };
installIndexedDBGlobals(scope, newIndexedDB().indexedDB);

function interfaceOf(name: string): InterfaceObject {
  return scope[name] as InterfaceObject;
}

function members(kind: 'attributes' | 'writable' | 'operations' | 'statics') {
  return Object.entries(INTERFACES).flatMap(([name, definition]) => {
    const found = definition[kind] ?? [];
    const list = Array.isArray(found)
      ? (found as string[]).map((member) => [member, 0] as const)
      : Object.entries(found as Record<string, number>);
    return list.map(([member, required]) => ({ name, member, required }));
  });
}

interface Descriptor {
  readonly value?: unknown;
  readonly get?: ((this: unknown) => unknown) | undefined;
  readonly set?: ((this: unknown, value: unknown) => void) | undefined;
  readonly writable?: boolean;
  readonly enumerable?: boolean;
  readonly configurable?: boolean;
}

function ownProperty(target: object, member: string): Descriptor {
  const descriptor = Object.getOwnPropertyDescriptor(target, member);
  if (!descriptor) throw new Error(`There is no ${member} of its own`);
  return descriptor;
}

function descriptorOf(name: string, member: string): Descriptor {
  return ownProperty(interfaceOf(name).prototype, member);
}

describe.each(Object.entries(INTERFACES))('%s', (name, { inherits }) => {
  it('is on the global object, not enumerable, and its prototype cannot be replaced', () => {
    expect(Object.getOwnPropertyDescriptor(scope, name)).toMatchObject({
      writable: true,
      enumerable: false,
      configurable: true,
    });
    expect(Object.getOwnPropertyDescriptor(interfaceOf(name), 'prototype')).toMatchObject({
      writable: false,
      enumerable: false,
      configurable: false,
    });
  });

  it('has its name, its length, and a class string of its own', () => {
    const object = interfaceOf(name);
    expect([object.name, object.length]).toEqual([name, name === 'IDBVersionChangeEvent' ? 1 : 0]);
    expect(Object.getOwnPropertyDescriptor(object.prototype, Symbol.toStringTag)).toEqual({
      value: name,
      writable: false,
      enumerable: false,
      configurable: true,
    });
    expect(Object.getOwnPropertyDescriptor(object.prototype, 'constructor')).toEqual({
      value: object,
      writable: true,
      enumerable: false,
      configurable: true,
    });
  });

  it('inherits from what the specification says, and from nothing between', () => {
    const object = interfaceOf(name);
    expect(Object.getPrototypeOf(object)).toBe(inherits ? scope[inherits] : Function.prototype);
    expect(Object.getPrototypeOf(object.prototype)).toBe(
      inherits ? interfaceOf(inherits).prototype : Object.prototype,
    );
  });

  it('is not called as a function, nor constructed unless it is an event', () => {
    const object = interfaceOf(name) as unknown as new (type: string) => unknown;
    expect(thrownName(() => (object as unknown as () => unknown)())).toBe('TypeError');
    const constructed = thrownName(() => new object('x'));
    expect(constructed).toBe(name === 'IDBVersionChangeEvent' ? 'nothing' : 'TypeError');
  });
});

describe('attributes', () => {
  it.each(members('attributes'))('$name.$member can only be read', ({ name, member }) => {
    const { get, set, enumerable, configurable } = descriptorOf(name, member);
    expect([enumerable, configurable, set]).toEqual([true, true, undefined]);
    expect([get?.name, get?.length]).toEqual([`get ${member}`, 0]);
    expect(thrownName(() => get?.call({}))).toBe('TypeError');
    expect(thrownName(() => interfaceOf(name).prototype[member])).toBe('TypeError');
  });

  it.each(members('writable'))('$name.$member can be set', ({ name, member }) => {
    const { get, set, enumerable, configurable } = descriptorOf(name, member);
    expect([enumerable, configurable, set?.name, set?.length]).toEqual([
      true,
      true,
      `set ${member}`,
      1,
    ]);
    expect(thrownName(() => get?.call({}))).toBe('TypeError');
    expect(thrownName(() => set?.call({}, null))).toBe('TypeError');
  });

  it('of event handlers take functions and objects, and anything else as null', () => {
    const request = newIndexedDB().indexedDB.open('db');
    const object = {};
    for (const [given, kept] of [
      [object, object],
      [1, null],
      ['text', null],
      [undefined, null],
    ]) {
      request.onsuccess = given as never;
      expect(request.onsuccess).toBe(kept);
    }
  });

  it('of event handlers never call an object', async () => {
    const { indexedDB, thrown } = newIndexedDB();
    const request = indexedDB.open('db');
    request.onsuccess = { handleEvent: () => thrown.push('called') } as never;
    await result(request);
    expect(thrown).toEqual([]);
  });
});

describe('operations', () => {
  it.each(members('operations'))('$name.$member()', async ({ name, member, required }) => {
    const { value, writable, enumerable, configurable } = descriptorOf(name, member);
    expect([writable, enumerable, configurable]).toEqual([true, true, true]);
    const operation = value as (...parameters: unknown[]) => unknown;
    expect([operation.name, operation.length]).toEqual([member, required]);
    expect(Object.hasOwn(operation, 'prototype')).toBe(false);
    const parameters = Array.from({ length: required }, () => 1);
    if (member === 'databases') {
      await expect(operation.call({})).rejects.toThrow(TypeError);
    } else {
      expect(thrownName(() => operation.apply({}, parameters))).toBe('TypeError');
    }
  });

  it.each(members('statics'))('$name.$member()', ({ name, member, required }) => {
    const descriptor = Object.getOwnPropertyDescriptor(interfaceOf(name), member);
    expect(descriptor).toMatchObject({ writable: true, enumerable: true, configurable: true });
    const operation = descriptor?.value as (...parameters: unknown[]) => unknown;
    expect([operation.name, operation.length]).toEqual([member, required]);
    expect(thrownName(() => operation())).toBe('TypeError');
  });

  it('throw a TypeError for a missing argument before they look at their object', async () => {
    const { indexedDB } = newIndexedDB();
    const db = await openDatabase(indexedDB, (fresh) => {
      fresh.createObjectStore('s').createIndex('i', 'a');
    });
    const transaction = db.transaction('s');
    const store = transaction.objectStore('s');
    await end(transaction);
    const targets: [object, Interface | undefined][] = [
      [indexedDB, INTERFACES['IDBFactory']],
      [db, INTERFACES['IDBDatabase']],
      [transaction, INTERFACES['IDBTransaction']],
      [store, INTERFACES['IDBObjectStore']],
    ];
    for (const [target, definition] of targets) {
      for (const [operation, required] of Object.entries(definition?.operations ?? {})) {
        if (required === 0) continue;
        const call = (): unknown => (Reflect.get(target, operation) as () => unknown).call(target);
        expect(thrownName(call), operation).toBe('TypeError');
      }
    }
  });
});

describe('the global attribute indexedDB', () => {
  it('is read-only, enumerable, and gives the same object each time', () => {
    const { get, set, enumerable } = ownProperty(scope, 'indexedDB');
    expect([get?.name, set, enumerable]).toEqual(['get indexedDB', undefined, true]);
    expect(scope['indexedDB']).toBe(scope['indexedDB']);
  });
});

describe('events', () => {
  it('are Events, trusted when the database fires them and not when script does', async () => {
    const { indexedDB } = newIndexedDB();
    const request = indexedDB.open('db');
    const upgrade = await eventOf(request, 'upgradeneeded');
    const success = await eventOf(request, 'success');
    expect([upgrade.isTrusted, success.isTrusted]).toEqual([true, true]);
    expect(success.constructor).toBe(Event);
    expect(Object.prototype.toString.call(success)).toBe('[object Event]');
    expect(upgrade.constructor).toBe(scope['IDBVersionChangeEvent']);

    const VersionChange = scope['IDBVersionChangeEvent'] as typeof IDBVersionChangeEvent;
    const own = new VersionChange('versionchange');
    const seen: boolean[] = [];
    request.result.onversionchange = (event) => seen.push(event.isTrusted);
    request.result.dispatchEvent(own);
    request.result.dispatchEvent(upgrade);
    expect([own.isTrusted, ...seen]).toEqual([false, false]);
    expect(upgrade.isTrusted).toBe(false);
  });

  it('convert their versions as unsigned long long, and null', () => {
    const VersionChange = scope['IDBVersionChangeEvent'] as typeof IDBVersionChangeEvent;
    const versions = (init?: unknown): unknown[] => {
      const event = new VersionChange('x', init as IDBVersionChangeEventInit);
      return [event.oldVersion, event.newVersion];
    };
    expect(versions()).toEqual([0, null]);
    expect(versions(null)).toEqual([0, null]);
    expect(versions({ oldVersion: 1.9, newVersion: '7' })).toEqual([1, 7]);
    expect(versions({ oldVersion: -1, newVersion: Number.NaN })).toEqual([2 ** 64, 0]);
    expect(versions({ oldVersion: Infinity, newVersion: null })).toEqual([0, null]);
    expect(thrownName(() => versions(5))).toBe('TypeError');
  });
});

describe('lists of names', () => {
  it('are indexed, iterated with the function of arrays, and convert what they are asked', async () => {
    const { indexedDB } = newIndexedDB();
    const db = await openDatabase(indexedDB, (fresh) => {
      for (const name of ['b', 'a', 'null']) fresh.createObjectStore(name);
    });
    const names = db.objectStoreNames;
    expect([...names]).toEqual(['a', 'b', 'null']);
    expect(names[Symbol.iterator]).toBe(Array.prototype[Symbol.iterator]);
    expect([names.length, names[1], names[3], names.item(1), names.item(3)]).toEqual([
      3,
      'b',
      undefined,
      'b',
      null,
    ]);
    expect([names.contains(null as never), names.item(2 ** 32)]).toEqual([true, 'a']);
  });
});

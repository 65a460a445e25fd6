/** Sections 2.5, 2.11 and 7: key paths and key generators. */
import { describe, expect, it } from 'vitest';
import { end, result, thrownName } from '../support/indexeddb';
import { inUpgrade, storeWith } from '../support/object-stores';

describe('key paths', () => {
  it.each([
    ['', 5, 5],
    ['a', { a: 'x' }, 'x'],
    ['a.b.c', { a: { b: { c: [1] } } }, [1]],
    ['length', 'four', 4],
    ['length', [1, 2], 2],
    ['a.length', { a: 'xyz' }, 3],
    ['ä.$_0', { ä: { $_0: 1 } }, 1],
    [['a', 'b'], { a: 1, b: 'x' }, [1, 'x']],
    [['a', 'a'], { a: new Date(3) }, [new Date(3), new Date(3)]],
    ['__proto__', JSON.parse('{"__proto__": 3}') as object, 3],
  ])('%j leads to the key', async (keyPath, value, key) => {
    const { open } = await storeWith({ keyPath });
    const store = open();
    expect(await result(store.put(value))).toEqual(key);
    expect(await result(store.get(key as IDBValidKey))).toEqual(value);
  });

  it.each([' ', 'a b', 'a.', '.a', 'a..b', '1a', 'a-b', [], ['a', ''], ['a', ' '], [['a b']]])(
    '%j is not valid unless it is the empty path in a list',
    async (keyPath) => {
      const name = await inUpgrade((db) =>
        thrownName(() => db.createObjectStore('s', { keyPath: keyPath as string })),
      );
      const isValid = Array.isArray(keyPath) && keyPath[1] === '';
      expect(name).toBe(isValid ? 'nothing' : 'SyntaxError');
    },
  );
});

describe('key generators', () => {
  it('count from 1, follow larger keys, and never go back', async () => {
    const { open } = await storeWith({ autoIncrement: true });
    const store = open();
    const keys: unknown[] = [];
    for (const key of [
      undefined,
      5.5,
      undefined,
      3,
      undefined,
      'text',
      new Date(99),
      [50],
      undefined,
    ]) {
      keys.push(await result(store.put('x', key)));
    }
    expect(keys).toEqual([1, 5.5, 6, 3, 7, 'text', new Date(99), [50], 8]);
    await result(store.clear());
    expect(await result(store.put('x'))).toBe(9);
    await result(store.delete(9));
    expect(await result(store.put('x', -5))).toBe(-5);
    expect(await result(store.put('x'))).toBe(10);
  });

  it('end at 2^53', async () => {
    const { open } = await storeWith({ autoIncrement: true });
    const store = open();
    await result(store.put('x', 2 ** 53 - 1));
    expect(await result(store.put('x'))).toBe(2 ** 53);
    await expect(result(store.put('x'))).rejects.toMatchObject({ name: 'ConstraintError' });
    expect(await result(store.put('x', 2 ** 60))).toBe(2 ** 60);
    await expect(result(store.add('x'))).rejects.toMatchObject({ name: 'ConstraintError' });
    const other = await storeWith({ autoIncrement: true });
    await result(other.open().put('x', Infinity));
    await expect(result(other.open().add('x'))).rejects.toMatchObject({ name: 'ConstraintError' });
  });

  it('put the key where the path leads', async () => {
    const { open } = await storeWith({ keyPath: 'a.b.id', autoIncrement: true });
    const store = open();
    await result(store.put({ x: 1 }));
    await result(store.put({ a: { y: 1 } }));
    await result(store.put({ a: { b: { id: 10 } } }));
    await result(store.put({ a: { b: [1] } }));
    expect(await result(store.getAll())).toEqual([
      { x: 1, a: { b: { id: 1 } } },
      { a: { y: 1, b: { id: 2 } } },
      { a: { b: { id: 10 } } },
      { a: { b: Object.assign([1], { id: 11 }) } },
    ]);
  });

  it('go back with a failed request and with an aborted transaction', async () => {
    const { open } = await storeWith({ autoIncrement: true }, (store) => {
      store.createIndex('unique', 'u', { unique: true });
    });
    const store = open();
    expect(await result(store.put({ u: 1 }))).toBe(1);
    await expect(result(store.put({ u: 1 }))).rejects.toMatchObject({ name: 'ConstraintError' });
    expect(await result(store.put({ u: 2 }))).toBe(2);
    await end(store.transaction);
    const aborted = open();
    expect(await result(aborted.put({}))).toBe(3);
    await result(aborted.put({}, 100));
    aborted.transaction.abort();
    expect(await result(open().put({}))).toBe(3);
  });
});

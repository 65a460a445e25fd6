/** Section 2.4, keys: https://w3c.github.io/IndexedDB/#key-construct */
import fc from 'fast-check';
import { indexedDB as reference } from 'fake-indexeddb';
import { describe, expect, it } from 'vitest';
import { decodeKey } from '../../../../main/store/indexeddb/keys/decode-key';
import { encodeKey } from '../../../../main/store/indexeddb/keys/encode-key';
import { INVALID, compareKeys, type Key } from '../../../../main/store/indexeddb/keys/key';
import { comparable } from '../support/comparable';
import { newIndexedDB, thrownName } from '../support/indexeddb';

const anyKey = fc.letrec<{ key: IDBValidKey }>((tie) => ({
  key: fc.oneof(
    { maxDepth: 3 },
    fc.double({ noNaN: true }),
    fc.integer(),
    fc.date({ noInvalidDate: true }),
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc
      .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 8 })
      .map((units) => String.fromCharCode(...units)),
    fc.uint8Array({ maxLength: 12 }).map((bytes) => Uint8Array.from(bytes).buffer),
    fc.array(tie('key'), { maxLength: 4 }),
  ),
})).key;

function encode(value: unknown): Key {
  const key = encodeKey(value);
  if (key === INVALID) throw new Error('not a key');
  return key;
}

describe('keys', () => {
  it('come back from their stored form', () => {
    fc.assert(
      fc.property(anyKey, (key) => {
        expect(comparable(decodeKey(encode(key)))).toEqual(comparable(key));
      }),
      { numRuns: 2000 },
    );
  });

  it('sort by their stored form as the specification sorts them', () => {
    fc.assert(
      fc.property(anyKey, anyKey, (a, b) => {
        expect(compareKeys(encode(a), encode(b))).toBe(reference.cmp(a, b));
      }),
      { numRuns: 5000 },
    );
  });

  it('sort by type, then by value', () => {
    const ascending: unknown[] = [
      -Infinity,
      -1e300,
      -1,
      -Number.MIN_VALUE,
      0,
      Number.MIN_VALUE,
      1,
      1.5,
      2 ** 53,
      Infinity,
      new Date(-8.64e15),
      new Date(-1),
      new Date(0),
      new Date(8.64e15),
      '',
      '\0',
      '\0\0',
      '\u0001',
      '~',
      '\u007f',
      '\u0080',
      '\u407e',
      '\u407f',
      '\ud800',
      '\udfff\ud800',
      '\uffff',
      new ArrayBuffer(0),
      Uint8Array.of(0),
      Uint8Array.of(0, 0),
      Uint8Array.of(0, 1),
      Uint8Array.of(1),
      Uint8Array.of(255),
      Uint8Array.of(255, 0),
      [],
      [-Infinity],
      [0],
      [0, []],
      [''],
      ['', 0],
      ['a'],
      [new ArrayBuffer(0)],
      [[]],
      [[], 1],
      [[[]]],
    ];
    for (let i = 1; i < ascending.length; i += 1) {
      const order = compareKeys(encode(ascending[i - 1]), encode(ascending[i]));
      expect(order, `pair ${i}`).toBe(-1);
    }
  });

  it('treat the two zeros as one', () => {
    expect(newIndexedDB().indexedDB.cmp(-0, 0)).toBe(0);
  });

  it('take views by the bytes they show', () => {
    const bytes = Uint8Array.of(9, 1, 2, 9);
    const { indexedDB } = newIndexedDB();
    expect(indexedDB.cmp(bytes.subarray(1, 3), Uint8Array.of(1, 2).buffer)).toBe(0);
    expect(indexedDB.cmp(new DataView(bytes.buffer, 1, 2), Uint8Array.of(1, 2))).toBe(0);
  });

  it('are not made of anything else', () => {
    const { indexedDB } = newIndexedDB();
    const circular: unknown[] = [];
    circular.push(circular);
    const detached = new ArrayBuffer(4);
    structuredClone(detached, { transfer: [detached] });
    const invalid: unknown[] = [
      undefined,
      null,
      true,
      NaN,
      new Date(NaN),
      {},
      () => 1,
      Symbol.iterator,
      1n,
      /x/,
      new Map(),
      [undefined],
      Object.assign(new Array(3), { 0: 1, 2: 2 }),
      [[null]],
      circular,
      new Number(1),
      new String('a'),
      detached,
    ];
    for (const value of invalid) {
      expect(thrownName(() => indexedDB.cmp(value, 1))).toBe('DataError');
      expect(thrownName(() => indexedDB.cmp(1, value))).toBe('DataError');
    }
  });

  it('rethrow what a getter in an array throws', () => {
    const array: unknown[] = [1];
    Object.defineProperty(array, 0, {
      enumerable: true,
      get() {
        throw new EvalError('from the getter');
      },
    });
    expect(thrownName(() => newIndexedDB().indexedDB.cmp(array, 1))).toBe('EvalError');
  });

  it('can be made within the getter of another', () => {
    const { indexedDB } = newIndexedDB();
    const array: unknown[] = ['x', 1, 'y'];
    Object.defineProperty(array, 1, {
      enumerable: true,
      get: () => indexedDB.cmp('inner', ['other']),
    });
    expect(indexedDB.cmp(array, ['x', -1, 'y'])).toBe(0);
  });
});

/** Flat objects are written and read as V8 does it, and everything else is left to V8. */
import { deserialize, serialize } from 'node:v8';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFlatObject, writeFlatObject } from '../../../main/store/indexeddb/values/flat-object';

// What a prototype knows is another case.
const name = fc.stringMatching(/^[a-z_]{1,140}$/).filter((text) => !(text in {}));
const ascii = fc.string({ unit: 'binary-ascii', maxLength: 300 });
const primitive = fc.oneof(
  ascii,
  fc.integer(),
  fc.integer({ min: -300, max: 300 }),
  fc.double(),
  fc.boolean(),
  fc.constantFrom(null, undefined, 0, -0, 2 ** 30 - 1, 2 ** 30, -(2 ** 30), NaN),
);
const flat = fc.dictionary(name, primitive, { minKeys: 1, noNullPrototype: true });
const read = (bytes: Buffer): unknown => deserialize(bytes);

describe('a flat object', () => {
  it('is written so that V8 reads it, and read as V8 wrote it', () => {
    fc.assert(
      fc.property(flat, (value) => {
        const bytes = writeFlatObject(value);
        expect(bytes && read(bytes)).toStrictEqual(value);
        expect(readFlatObject(serialize(value))).toStrictEqual(value);
      }),
    );
  });

  it('is written as V8 writes it, byte for byte', () => {
    const value = { text: 'x'.repeat(1600), empty: '', yes: true, no: false, none: null, n: -1 };
    expect(writeFlatObject(value)).toEqual(serialize(value));
    expect(writeFlatObject({ a: undefined, b: 1.5, c: -0 })).toEqual(
      serialize({ a: undefined, b: 1.5, c: -0 }),
    );
  });

  it('of damaged bytes is what V8 reads of them, or left to it', () => {
    const damage = fc.record({ at: fc.nat(60), byte: fc.nat(255), cut: fc.nat(3) });
    fc.assert(
      fc.property(flat, damage, (value, { at, byte, cut }) => {
        const bytes = Buffer.from(serialize(value));
        bytes[at % bytes.length] = byte;
        const damaged = bytes.subarray(0, bytes.length - cut);
        const found = readFlatObject(damaged);
        if (found !== undefined) expect(found).toStrictEqual(read(damaged));
      }),
      { numRuns: 2_000 },
    );
  });

  it('is large without harm, and beyond a megabyte left to V8', () => {
    const value = { small: 1, large: 'x'.repeat(200_000) };
    expect(writeFlatObject(value)).toEqual(serialize(value));
    expect(writeFlatObject({ small: 1, large: 'x'.repeat(2_000_000) })).toBeNull();
  });

  it.each([
    ['with other text', { a: 'ü' }],
    ['with a key of other text', { ü: 1 }],
    ['with something inside', { a: {} }],
    ['with a list', { a: [] }],
    ['with bytes', { a: new Uint8Array(3) }],
    ['with a BigInt', { a: 1n }],
    ['with a symbol', { a: Symbol('no') }],
    ['with a function', { a: () => undefined }],
    ['with a numbered key', { 1: 'a' }],
    ['with nothing in it', {}],
    ['whose prototype was replaced', Object.setPrototypeOf(new Map(), Object.prototype)],
    [
      'of a class',
      new (class Session {
        a = 1;
      })(),
    ],
    ['behind a proxy', new Proxy({ a: 1 }, {})],
    ['that is a list', ['a']],
    ['that is none', 'a'],
  ])('%s is left to V8', (_, value) => {
    expect(writeFlatObject(value)).toBeNull();
  });

  it('with a getter is left to V8, and the getter not run', () => {
    let runs = 0;
    const value = {
      a: 1,
      get b() {
        runs += 1;
        return 2;
      },
    };
    expect(writeFlatObject(value)).toBeNull();
    expect(runs).toBe(0);
  });

  it('whose key a prototype knows is left to V8', () => {
    expect(readFlatObject(serialize({ toString: 1 }))).toBeUndefined();
    expect(readFlatObject(serialize(JSON.parse('{"__proto__": 1}')))).toBeUndefined();
  });
});

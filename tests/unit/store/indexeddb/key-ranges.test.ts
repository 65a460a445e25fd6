/** Sections 2.9 and 4.7: key ranges. */
import { describe, expect, it } from 'vitest';
import { IDBKeyRange } from '../../../../main/store/indexeddb';
import { thrownName } from '../support/indexeddb';

describe('IDBKeyRange', () => {
  it('has the attributes it was made with', () => {
    expect(IDBKeyRange.only([1])).toMatchObject({
      lower: [1],
      upper: [1],
      lowerOpen: false,
      upperOpen: false,
    });
    expect(IDBKeyRange.lowerBound('a', true)).toMatchObject({
      lower: 'a',
      upper: undefined,
      lowerOpen: true,
      upperOpen: true,
    });
    expect(IDBKeyRange.upperBound('a')).toMatchObject({
      lower: undefined,
      upper: 'a',
      lowerOpen: true,
      upperOpen: false,
    });
    expect(IDBKeyRange.bound(1, 2, false, true)).toMatchObject({
      lower: 1,
      upper: 2,
      lowerOpen: false,
      upperOpen: true,
    });
  });

  it('includes the keys between its bounds', () => {
    const cases: [IDBKeyRange, unknown, boolean][] = [
      [IDBKeyRange.only(1), 1, true],
      [IDBKeyRange.only(1), 1.1, false],
      [IDBKeyRange.lowerBound(1), 1, true],
      [IDBKeyRange.lowerBound(1), [], true],
      [IDBKeyRange.lowerBound(1, true), 1, false],
      [IDBKeyRange.upperBound('b'), 'b', true],
      [IDBKeyRange.upperBound('b'), 'b\0', false],
      [IDBKeyRange.upperBound('b', true), 'b', false],
      [IDBKeyRange.upperBound('b', true), -Infinity, true],
      [IDBKeyRange.bound([1], [1, []], true, true), [1, new Date(0)], true],
      [IDBKeyRange.bound([1], [1, []], true, true), [1], false],
    ];
    for (const [i, [range, key, isIncluded]] of cases.entries()) {
      expect(range.includes(key), `case ${i}`).toBe(isIncluded);
    }
  });

  it('refuses what is no key, no range, or missing', () => {
    expect(thrownName(() => IDBKeyRange.only(null))).toBe('DataError');
    expect(thrownName(() => IDBKeyRange.lowerBound({}))).toBe('DataError');
    expect(thrownName(() => IDBKeyRange.upperBound(NaN))).toBe('DataError');
    expect(thrownName(() => IDBKeyRange.bound(1, undefined))).toBe('DataError');
    expect(thrownName(() => IDBKeyRange.bound(2, 1))).toBe('DataError');
    expect(thrownName(() => IDBKeyRange.bound(1, 1, true))).toBe('DataError');
    expect(thrownName(() => IDBKeyRange.bound(1, 1, false, true))).toBe('DataError');
    expect(thrownName(() => IDBKeyRange.only(1).includes(true))).toBe('DataError');
    expect(thrownName(() => (IDBKeyRange.only as unknown as () => void)())).toBe('TypeError');
    expect(thrownName(() => (IDBKeyRange.bound as unknown as (a: number) => void)(1))).toBe(
      'TypeError',
    );
    const Range = IDBKeyRange as unknown as new () => unknown;
    expect(thrownName(() => new Range())).toBe('TypeError');
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ItemOrder } from '../../../main/engine/timeline/item-order';

const at = (order: ReadonlyMap<string, number>, ids: readonly string[]): unknown[] =>
  ids.map((id) => order.get(id));

describe('the order of items', () => {
  it('leaves everything in its place while the list grows at its ends', () => {
    const order = new ItemOrder();
    const before = new Map(order.assign(['c', 'd', 'e']));
    const after = order.assign(['a', 'b', 'c', 'd', 'e', 'f']);
    expect(at(after, ['c', 'd', 'e'])).toEqual(at(before, ['c', 'd', 'e']));
  });

  it('puts a list that shares nothing with the last behind it', () => {
    const order = new ItemOrder();
    const before = Math.max(...order.assign(['a', 'b']).values());
    expect(Math.min(...order.assign(['x', 'y']).values())).toBeGreaterThan(before);
  });

  it('always ascends, whatever list follows on whatever list', () => {
    const ids = fc.uniqueArray(fc.string({ maxLength: 3 }), { maxLength: 30 });
    fc.assert(
      fc.property(fc.array(ids), (lists) => {
        const order = new ItemOrder();
        for (const list of lists) {
          const positions = at(order.assign(list), list) as number[];
          expect(positions).toEqual([...new Set(positions)].sort((one, other) => one - other));
        }
      }),
    );
  });
});

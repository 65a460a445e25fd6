import { describe, expect, it } from 'vitest';
import { mergeSlots } from '../../../main/engine/keys/secrets/merge-slots';

describe('slots of a secret that two clients changed at once', () => {
  it.each([
    ['added by the other', { a: 1 }, { a: 1, b: 2 }, { a: 1, ours: 3 }, { a: 1, b: 2, ours: 3 }],
    ['replaced by the other', { a: 1 }, { a: 2 }, { a: 1, ours: 3 }, { a: 2, ours: 3 }],
    ['removed by the other', { a: 1, b: 2 }, { b: 2 }, { a: 1, b: 2, ours: 3 }, { b: 2, ours: 3 }],
    ['put back already', { a: 1 }, { a: 1, b: 2 }, { b: 2, a: 1 }, { a: 1, b: 2 }],
    ['changed once more since', { a: 1 }, { a: 2 }, { a: 4, ours: 3 }, { a: 4, ours: 3 }],
    ['removed by us, untouched by the other', { a: 1 }, { a: 1, b: 2 }, {}, { b: 2 }],
    ['changed by nobody else', { a: 1 }, { a: 1 }, { a: 1, ours: 3 }, { a: 1, ours: 3 }],
  ])('%s', (_what, base, theirs, now, merged) => {
    expect(mergeSlots(base, theirs, now)).toEqual(merged);
  });
});

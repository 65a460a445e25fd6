import { describe, expect, it } from 'vitest';
import { seriesOf, superfluous } from '../../../main/engine/keys/snapshot/superfluous';

const snapshots = (...kept: readonly (readonly [string | null, number])[]) =>
  kept.map(([series, keys], index) => ({ id: String(index), series, keys }));

describe('snapshots', () => {
  it('of one device give way to its next ones', () => {
    const own = [7, 6, 5, 4, 3, 2, 1].map((keys) => ['new', keys] as const);
    expect(superfluous(snapshots(...own))).toEqual(['5', '6']);
  });

  it('of an earlier device leave its fullest one, whatever comes after', () => {
    const small = Array.from({ length: 6 }, () => ['new', 1] as const);
    const all = snapshots(...small, ['old', 900], ['old', 899], [null, 40], [null, 50]);
    expect(superfluous(all)).toEqual(['5', '7', '8']);
    const large = Array.from({ length: 6 }, () => ['new', 5_000] as const);
    expect(superfluous(snapshots(...large, ['old', 900]))).toEqual(['5']);
  });

  it('leave the fullest of this device, too', () => {
    const own = [1, 1, 1, 1, 1, 9, 2].map((keys) => ['new', keys] as const);
    expect(superfluous(snapshots(...own))).toEqual(['6']);
  });

  it('are told apart by device, without naming it', () => {
    const key = new Uint8Array(32).fill(1);
    expect(seriesOf('OLD', key)).not.toBe(seriesOf('NEW', key));
    expect(seriesOf('OLD', key)).not.toContain('OLD');
  });
});

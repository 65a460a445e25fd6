import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { StorageState } from '../../../preload/model/app';
import { StorageWatch } from '../../../main/engine/sync/storage-watch';
import { StoreError } from '../../../main/store/store-error';
import { ValueSource } from '../../../main/topics/value-source';

const full = new StoreError('disk_full', 'crypto.db');
const damaged = new StoreError('damaged', 'crypto.db');

let topic: ValueSource<StorageState>;
let probes: number[];
let works: boolean;
let recover: () => Promise<void>;
let watch: StorageWatch;

beforeEach(() => {
  vi.useFakeTimers();
  const began = performance.now();
  topic = new ValueSource<StorageState>({ state: 'ok' });
  probes = [];
  works = false;
  recover = () => Promise.resolve();
  watch = new StorageWatch({
    topic,
    probe: () => {
      probes.push((performance.now() - began) / 1000);
      if (!works) throw full;
    },
    recover: () => recover(),
  });
});
afterEach(() => {
  watch.stop();
  vi.useRealTimers();
});

describe('storage that fails', () => {
  it('is told at once, and tried with pauses that grow to half a minute', async () => {
    watch.failed(full);
    expect(topic.value).toEqual({ state: 'failing', code: 'disk_full' });
    await vi.advanceTimersByTimeAsync(125_000);
    expect(probes).toEqual([1, 3, 7, 15, 31, 61, 91, 121]);
    expect(topic.value.state).toBe('failing');
  });

  it('is well again only when the work was taken up', async () => {
    recover = () => Promise.reject(new Error('not yet'));
    works = true;
    watch.failed(full);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(topic.value.state).toBe('failing');
    recover = () => Promise.resolve();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(topic.value).toEqual({ state: 'ok' });
    expect(watch.problem).toBeNull();
  });

  it('is not well where something fails while the work is taken up', async () => {
    works = true;
    recover = () => {
      watch.failed(full);
      return Promise.resolve();
    };
    watch.failed(full);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(topic.value).toEqual({ state: 'failing', code: 'disk_full' });
  });

  it('is not tried ever faster where it fails again and again', async () => {
    works = true;
    watch.failed(full);
    await vi.advanceTimersByTimeAsync(1_000);
    watch.failed(full);
    await vi.advanceTimersByTimeAsync(2_000);
    watch.failed(full);
    await vi.advanceTimersByTimeAsync(4_000);
    expect(probes).toEqual([1, 3, 7]);
    // After a calm minute it is a new trouble.
    await vi.advanceTimersByTimeAsync(61_000);
    watch.failed(full);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(probes).toEqual([1, 3, 7, 69]);
  });

  it('is left alone once it is damaged, or the store is closed', async () => {
    watch.failed(full);
    watch.damaged(damaged);
    expect(topic.value).toEqual({ state: 'failing', code: 'store_damaged' });
    watch.failed(full);
    await vi.advanceTimersByTimeAsync(100_000);
    expect(topic.value).toEqual({ state: 'failing', code: 'store_damaged' });
    expect(probes).toEqual([]);
  });
});

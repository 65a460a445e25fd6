import { describe, expect, it } from 'vitest';
import type { CollectionPatch } from '../../../preload/contract';
import { CollectionSource } from '../../../main/topics/collection-source';
import { ValueSource } from '../../../main/topics/value-source';

interface Item {
  readonly id: string;
  readonly text: string;
}

const item = (id: string, text = id): Item => ({ id, text });

function watch(source: CollectionSource<Item>): CollectionPatch<Item>[] {
  const patches: CollectionPatch<Item>[] = [];
  source.subscribe((patch) => patches.push(patch));
  return patches;
}

describe('a value that is watched', () => {
  it('is told at once and on every real change, until nobody listens', () => {
    const source = new ValueSource<{ readonly n: number }>({ n: 1 });
    const heard: number[] = [];
    const stop = source.subscribe(({ n }) => heard.push(n));
    source.set({ n: 1 });
    source.set({ n: 2 });
    stop();
    source.set({ n: 3 });
    expect(heard).toEqual([1, 2]);
  });
});

describe('a collection that is watched', () => {
  it('starts with a reset and then tells only what differs', () => {
    const source = new CollectionSource<Item>();
    source.upsert(item('a'), item('b'));
    const patches = watch(source);
    source.replace([item('b'), item('c'), item('a', 'changed')]);
    source.upsert(item('c'));
    source.remove('a', 'unknown');
    expect(patches).toEqual([
      { reset: true, upsert: [item('a'), item('b')], remove: [] },
      { reset: false, upsert: [item('c'), item('a', 'changed')], remove: [] },
      { reset: false, upsert: [], remove: ['a'] },
    ]);
  });

  it('takes ids that are names of Object’s own members', () => {
    const source = new CollectionSource<Item>();
    source.upsert(item('__proto__', 'one'), item('constructor', 'two'));
    expect(source.get('__proto__')?.text).toBe('one');
    expect(watch(source)[0]?.upsert).toHaveLength(2);
    source.replace([]);
    expect(source.items).toEqual([]);
  });
});

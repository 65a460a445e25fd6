/** The store's tasks share turns of the event loop, and leave the others their own. */
import { describe, expect, it } from 'vitest';
import { afterMicrotasks, queueTask } from '../../../main/store/indexeddb/event-loop';
import { newIndexedDB, openDatabase, result } from './support/indexeddb';

/** What `script` notes, once a task that it queues last has run. */
function notesOf(script: (note: (text: string) => void) => void): Promise<string[]> {
  const notes: string[] = [];
  return new Promise((resolve) => {
    queueTask(() => {
      script((text) => notes.push(text));
      queueTask(() => resolve(notes));
    });
  });
}

describe('a task of the store', () => {
  it('begins when all that the one before has caused is done', async () => {
    const notes = await notesOf((note) => {
      queueTask(() => note('next task'));
      process.nextTick(() => {
        note('tick');
        void Promise.resolve().then(() => note('reaction to the tick'));
      });
      void Promise.resolve()
        .then(() => note('reaction'))
        .then(() => note('its reaction'));
    });
    expect(notes).toHaveLength(5);
    expect(notes.at(-1)).toBe('next task');
  });

  it('begins after the last of the listeners of an event, and after their reactions', async () => {
    const notes = await notesOf((note) => {
      queueTask(() => note('next task'));
      const listener = (left: number) => (): void => {
        note('listener');
        void Promise.resolve().then(() => note('reaction'));
        if (left > 0) afterMicrotasks(listener(left - 1));
      };
      listener(2)();
    });
    expect(notes).toEqual([
      ...['listener', 'reaction', 'listener', 'reaction', 'listener', 'reaction'],
      'next task',
    ]);
  });

  it('that throws keeps none of the others from running', async () => {
    const thrown = new Error('Thrown by a task');
    const caught = new Promise((resolve) => process.once('uncaughtException', resolve));
    const others = process.listeners('uncaughtException').slice(0, -1);
    for (const other of others) process.off('uncaughtException', other as () => void);
    try {
      const ran = notesOf((note) => {
        queueTask(() => {
          throw thrown;
        });
        queueTask(() => note('ran'));
      });
      expect(await caught).toBe(thrown);
      expect(await ran).toEqual(['ran']);
    } finally {
      for (const other of others) process.on('uncaughtException', other as () => void);
    }
  });

  it('lets timers and immediates have their turn while requests follow one another', async () => {
    const { indexedDB } = newIndexedDB();
    const db = await openDatabase(indexedDB, (fresh) => fresh.createObjectStore('s'));
    const due = new Set(['timer', 'immediate']);
    setTimeout(() => due.delete('timer'), 1);
    setImmediate(() => due.delete('immediate'));
    while (due.size > 0) await result(db.transaction('s').objectStore('s').get(1));
    expect(due.size).toBe(0);
  });
});

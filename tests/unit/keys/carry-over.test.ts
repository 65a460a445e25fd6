import { expect, it } from 'vitest';
import { CarryOver } from '../../../main/engine/keys/carry-over/carry-over';
import type { KeysContext } from '../../../main/engine/keys/keys-context';
import { EngineTopics } from '../../../main/engine/engine-topics';

it('a carry-over tells that it was interrupted, and never rejects', async () => {
  const databases = () => Promise.reject(new Error('The disk does not answer'));
  const store = { crypto: { indexedDB: { databases } } };
  const topics = new EngineTopics();
  const account = { userId: '@ada:example.org', deviceId: 'NEW' };
  const stopped = new AbortController().signal;
  const context = { store, topics, account, stopped } as unknown as KeysContext;
  const told = (): never => {
    throw new Error('The store is closed');
  };
  await new CarryOver(context, told).run();
  expect(topics.carryOver.value).toMatchObject({ step: 'interrupted' });
});

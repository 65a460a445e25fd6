import { expect, it } from 'vitest';
import {
  handUnsentMessagesOn,
  storeUnsentMessages,
  unsentMessagesOf,
  type UnsentMessage,
} from '../../../main/engine/timeline/unsent-records';
import { memoryRecords } from '../../support/memory-records';

const laptop = { userId: '@ada:uni-kueste.example', deviceId: 'LAPTOP' };
const next = { ...laptop, deviceId: 'NEXT' };

const message = (body: string, more: Partial<UnsentMessage> = {}): UnsentMessage => ({
  roomId: '!reading-group:uni-kueste.example',
  transaction: `of ${body}`,
  body,
  writtenAt: 1_764_000_000_000,
  ...more,
});

it('keeps messages, and why they are held back', () => {
  const records = memoryRecords();
  const messages = [message('one'), message('two', { heldBack: 'identity_changed' })];
  storeUnsentMessages(records, laptop, messages);
  expect(unsentMessagesOf(records, laptop)).toEqual(messages);
  expect(unsentMessagesOf(records, next)).toEqual([]);
});

it('keeps a message that is held back for a reason which this version does not know', () => {
  const records = memoryRecords();
  const later = { ...message('one'), heldBack: 'a_later_reason' };
  records.set('unsent-messages/@ada:uni-kueste.example/LAPTOP', [later]);
  expect(unsentMessagesOf(records, laptop)).toEqual([message('one')]);
});

it('keeps the messages beside one that can’t be read', () => {
  const records = memoryRecords();
  const broken = { ...message('one'), body: null };
  records.set('unsent-messages/@ada:uni-kueste.example/LAPTOP', [broken, message('two')]);
  expect(unsentMessagesOf(records, laptop)).toEqual([message('two')]);
});

it('hands each message on once, also where that was cut off before', () => {
  const records = memoryRecords();
  storeUnsentMessages(records, laptop, [message('one'), message('two')]);
  storeUnsentMessages(records, next, [message('one'), message('three')]);
  handUnsentMessagesOn(records, laptop, next);
  const bodies = unsentMessagesOf(records, next).map(({ body }) => body);
  expect(bodies).toEqual(['one', 'two', 'three']);
  expect(unsentMessagesOf(records, laptop)).toEqual([]);
});

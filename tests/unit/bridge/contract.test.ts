import { expect, it } from 'vitest';
import { calls } from '../../../preload/contract';
import { accountCalls } from '../../../preload/contract/account-calls';
import { appCalls } from '../../../preload/contract/app-calls';
import { keyCalls } from '../../../preload/contract/key-calls';
import { roomCalls } from '../../../preload/contract/room-calls';

it('has each call in one part alone: a second one would silently take its place', () => {
  const parts = [accountCalls, appCalls, keyCalls, roomCalls].flatMap((part) => Object.keys(part));
  expect(parts.sort()).toEqual(Object.keys(calls).sort());
});

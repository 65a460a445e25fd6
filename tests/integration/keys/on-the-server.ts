/** An account as it lies on the server, and what other clients do to it there. */
import type { Method } from 'matrix-js-sdk';
import { expect } from 'vitest';
import type { TestEngine } from '../../support/engine/start-engine';
import type { RegisteredUser } from '../../support/homeserver/homeserver';
import { clientOf, readMessage, type Sent } from './conversation';

/** Asks the server as that device, past everything the app does. */
export function ask<Answer = unknown>(
  engine: TestEngine,
  method: Method,
  path: string,
  body?: object,
  query: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const prefix = '/_matrix/client/v3';
  return clientOf(engine).http.authedRequest<Answer>(method, path, query, body, { prefix });
}

/** Where the account's data of that type lies. */
export function accountDataOf({ userId }: RegisteredUser, type: string): string {
  return `/user/${encodeURIComponent(userId)}/account_data/${type}`;
}

/** The state of the keys, derived anew. */
export async function settled(engine: TestEngine): Promise<TestEngine['keys']['value']> {
  await engine.call('repair.tryAgain', {});
  return engine.keys.value;
}

/** Waits until that device reads every one of them. */
export async function readsAll(engine: TestEngine, sent: readonly Sent[]): Promise<void> {
  for (const message of sent) {
    await expect.poll(() => readMessage(engine, message), { timeout: 20_000 }).toBe(message.text);
  }
}

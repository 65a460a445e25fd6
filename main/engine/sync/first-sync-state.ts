import { ClientEvent } from 'matrix-js-sdk';
import type { AccountContext } from '../account-context';

/**
 * Resolves when the sync says its first word, or the session stops. The SDK says it when the saved
 * state is loaded, or when it has found none and can't reach the server either.
 */
export function firstSyncState({ client, stopped }: AccountContext): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const heard = (): void => {
    resolve();
  };
  client.once(ClientEvent.Sync, heard);
  stopped.addEventListener('abort', heard, { once: true });
  return promise.finally(() => {
    client.off(ClientEvent.Sync, heard);
    stopped.removeEventListener('abort', heard);
  });
}

import type { EventEmitter } from 'node:events';
import type { ClientEventHandlerMap, EmittedEvents, MatrixClient } from 'matrix-js-sdk';

type Listeners = Partial<Pick<ClientEventHandlerMap, EmittedEvents & keyof ClientEventHandlerMap>>;

/** Listens to a client until `stopped`. */
export function listen(client: MatrixClient, stopped: AbortSignal, listeners: Listeners): void {
  const emitter: Pick<EventEmitter, 'on' | 'off'> = client;
  const entries = Object.entries(listeners) as [string, () => void][];
  for (const [event, listener] of entries) emitter.on(event, listener);
  stopped.addEventListener(
    'abort',
    () => {
      for (const [event, listener] of entries) emitter.off(event, listener);
    },
    { once: true },
  );
}

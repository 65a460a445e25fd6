/** The transport both shells build from their wire: one way in, one way out. */
import type { Reply, Transport } from './api';

/** A message main pushes to the window: what a subscribed topic has to say. */
export interface Push {
  readonly subscription: number;
  readonly message: unknown;
}

/** What a shell's wire must offer. */
export interface Wire {
  invoke(name: string, args: unknown): Promise<Reply>;
  /** Called once; every push of the process goes to the listener, in order. */
  listen(listener: (push: Push) => void): void;
}

/** Names of the two calls below the contract that open and close subscriptions. */
export const topicCalls = { open: 'topic.open', close: 'topic.close' } as const;

/** The property of the window's global under which every shell puts its transport. */
export const transportProperty = 'holdfast';

export function createTransport(wire: Wire): Transport {
  const listeners = new Map<number, (message: unknown) => void>();
  let lastSubscription = 0;
  wire.listen(({ subscription, message }) => listeners.get(subscription)?.(message));

  return {
    invoke: (name, args) => wire.invoke(name, args),
    subscribe(topic, params, listener) {
      const subscription = ++lastSubscription;
      listeners.set(subscription, listener);
      void wire.invoke(topicCalls.open, { subscription, topic, params }).then((reply) => {
        if (!reply.ok) listeners.delete(subscription);
      });
      return () => {
        if (listeners.delete(subscription)) void wire.invoke(topicCalls.close, { subscription });
      };
    },
  };
}

/** Which window watches which topic; ends everything of a window that is gone. */
import { z } from 'zod';
import { topics, type TopicName } from '../../preload/contract';
import { HoldfastError } from '../holdfast-error';
import type { Sender } from '../shell/shell';

const openArgs = z.strictObject({
  subscription: z.int().positive(),
  topic: z.string().max(64),
  params: z.unknown(),
});
const closeArgs = z.strictObject({ subscription: z.int().positive() });

/** Far above what the app's own window ever needs; a page gone wild can't exhaust main. */
const maxPerWindow = 256;

/** Starts watching a topic with validated parameters; returns the way to stop. */
export type Watch = (
  topic: TopicName,
  params: unknown,
  listener: (message: unknown) => void,
) => () => void;

export class Subscriptions {
  readonly #watch: Watch;
  readonly #byWindow = new Map<string, Map<number, () => void>>();

  constructor(watch: Watch) {
    this.#watch = watch;
  }

  /** @throws {HoldfastError} `bad_request` */
  open(sender: Sender, args: unknown): void {
    const { subscription, topic, params } = accept(openArgs, args);
    if (!isTopicName(topic)) throw new HoldfastError('bad_request', 'No such topic');
    const validParams = accept(topics[topic].params, params);

    const open = this.#byWindow.get(sender.windowId) ?? new Map<number, () => void>();
    if (open.has(subscription) || open.size >= maxPerWindow) {
      throw new HoldfastError('bad_request', 'Subscription refused');
    }
    this.#byWindow.set(sender.windowId, open);
    const stop = this.#watch(topic, validParams, (message) =>
      sender.push({ subscription, message }),
    );
    open.set(subscription, stop);
  }

  /** @throws {HoldfastError} `bad_request` */
  close(sender: Sender, args: unknown): void {
    const { subscription } = accept(closeArgs, args);
    const open = this.#byWindow.get(sender.windowId);
    open?.get(subscription)?.();
    open?.delete(subscription);
  }

  /** Ends all subscriptions of a window whose page is gone. */
  windowGone(windowId: string): void {
    for (const stop of this.#byWindow.get(windowId)?.values() ?? []) stop();
    this.#byWindow.delete(windowId);
  }
}

function accept<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new HoldfastError('bad_request', 'Arguments not accepted');
  return parsed.data;
}

function isTopicName(name: string): name is TopicName {
  return Object.hasOwn(topics, name);
}

/** Topics of the bridge as reactive state: a snapshot first, then every change. */
import { SvelteMap } from 'svelte/reactivity';
import type { Api } from '../../preload/api';
import type {
  CollectionPatch,
  ShapeOf,
  TopicItem,
  TopicMessage,
  TopicName,
  TopicParams,
} from '../../preload/contract';

export type ValueTopicName = {
  [Name in TopicName]: ShapeOf<Name> extends 'value' ? Name : never;
}[TopicName];
export type CollectionTopicName = Exclude<TopicName, ValueTopicName>;

/** The latest value of a topic; undefined until its first message. */
export class ValueTopic<Name extends ValueTopicName> {
  #current = $state.raw<TopicItem<Name>>();
  readonly close: () => void;

  constructor(api: Api, name: Name, params: TopicParams<Name>) {
    this.close = api.subscribe(name, params, (message: TopicMessage<Name>) => {
      this.#current = message as TopicItem<Name>;
    });
  }

  get current(): TopicItem<Name> | undefined {
    return this.#current;
  }
}

/** The items of a topic by id, kept up to date by its patches. */
export class CollectionTopic<Name extends CollectionTopicName> {
  readonly items = new SvelteMap<string, TopicItem<Name>>();
  #arrived = $state(false);
  readonly close: () => void;

  constructor(
    api: Api,
    name: Name,
    params: TopicParams<Name>,
    idOf: (item: TopicItem<Name>) => string,
  ) {
    this.close = api.subscribe(name, params, (message: TopicMessage<Name>) => {
      const patch = message as CollectionPatch<TopicItem<Name>>;
      if (patch.reset) this.items.clear();
      for (const id of patch.remove) this.items.delete(id);
      for (const item of patch.upsert) this.items.set(idOf(item), item);
      this.#arrived = true;
    });
  }

  /** True once the snapshot is there: from then on, empty means empty. */
  get arrived(): boolean {
    return this.#arrived;
  }
}

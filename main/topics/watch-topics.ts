import { topics, type TopicName } from '../../preload/contract';
import type { Watch } from '../bridge/subscriptions';
import type { TopicSources, TopicsOf } from './topic-sources';

interface AnySource {
  subscribe(listener: (message: unknown) => void): () => void;
}

/** Watches main's own topics here and passes the engine's on to it. */
export function watchTopics(own: TopicSources<TopicsOf<'main'>>, watchEngine: Watch): Watch {
  return (topic, params, listener) => {
    if (topics[topic].by === 'engine') return watchEngine(topic, params, listener);
    const source = own[topic as TopicName & TopicsOf<'main'>] as (params: unknown) => AnySource;
    return source(params).subscribe(listener);
  };
}

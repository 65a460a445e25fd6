import type { TopicMessage, TopicName, ValidTopicParams, topics } from '../../preload/contract';
import type { AnsweredBy } from '../../preload/contract';
import type { Source } from './source';

type TopicsOf<By extends AnsweredBy> = {
  [Name in TopicName]: (typeof topics)[Name]['by'] extends By ? Name : never;
}[TopicName];

/** One source for each topic: a missing or a surplus one does not compile. */
export type TopicSources<Names extends TopicName = TopicName> = {
  [Name in Names]: (params: ValidTopicParams<Name>) => Source<TopicMessage<Name>>;
};

export type { TopicsOf };

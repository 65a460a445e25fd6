/** What one entry of the contract says of a call or of a topic. */
import type { z } from 'zod';
import { none, roomParams } from './arguments';

/** Who answers: the main thread (desktop, files, vault) or the engine on its worker thread. */
export type AnsweredBy = 'main' | 'engine';

export interface Call<Schema extends z.ZodType, Result, By extends AnsweredBy> {
  readonly args: Schema;
  readonly by: By;
  /** Phantom: the result's type, never a value. */
  readonly result?: Result;
}

/** `value`: the whole value each time. `collection`: items by id, changes as patches. */
export type TopicShape = 'value' | 'collection';

export interface Topic<
  Schema extends z.ZodType,
  Shape extends TopicShape,
  Item,
  By extends AnsweredBy,
> {
  readonly params: Schema;
  readonly shape: Shape;
  readonly by: By;
  /** Phantom: the type of the value, or of the collection's items. */
  readonly item?: Item;
}

export const answeredByMain =
  <Result>() =>
  <Schema extends z.ZodType>(args: Schema): Call<Schema, Result, 'main'> => ({ args, by: 'main' });

export const answeredByEngine =
  <Result>() =>
  <Schema extends z.ZodType>(args: Schema): Call<Schema, Result, 'engine'> => ({
    args,
    by: 'engine',
  });

export const value =
  <Item>() =>
  <By extends AnsweredBy>(by: By): Topic<typeof none, 'value', Item, By> => ({
    params: none,
    shape: 'value',
    by,
  });
export const roomValue = <Item>(): Topic<typeof roomParams, 'value', Item, 'engine'> => ({
  params: roomParams,
  shape: 'value',
  by: 'engine',
});
export const roomCollection = <Item>(): Topic<typeof roomParams, 'collection', Item, 'engine'> => ({
  params: roomParams,
  shape: 'collection',
  by: 'engine',
});
export const collection = <Item>(): Topic<typeof none, 'collection', Item, 'engine'> => ({
  params: none,
  shape: 'collection',
  by: 'engine',
});

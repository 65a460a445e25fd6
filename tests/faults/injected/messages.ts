/** What the test and the process on the failing disk say to each other, one JSON value a line. */
import type { Place } from './scenario';

export interface Order {
  readonly scenario: string;
  readonly place: Place;
  /** Of the first attempt; each further one is one higher. */
  readonly generation: number;
  /** After a failure: lift the fault and go on with what is open, or close it and stop. */
  readonly then: 'go on' | 'close';
}

export type Told =
  | { readonly told: 'acknowledged'; readonly what: string }
  /** The fault was felt; `stage` is what did not work. */
  | { readonly told: 'failed'; readonly stage: string; readonly message: string }
  /** It did not work either once the disk was well again. */
  | { readonly told: 'stuck'; readonly stage: string; readonly message: string }
  | { readonly told: 'done' };

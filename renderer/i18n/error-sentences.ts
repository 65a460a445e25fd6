import type { ErrorCode, ErrorData } from '../../preload/errors';

/** What a sentence about an error may use besides the error's own data. */
export interface ErrorWords {
  /** A length of time in words, from milliseconds. */
  readonly duration: (ms: number) => string;
}

/** For every code of the bridge: what happened, and what the person can do. */
export type ErrorSentences = Readonly<
  Record<ErrorCode, (data: ErrorData, words: ErrorWords) => string>
>;

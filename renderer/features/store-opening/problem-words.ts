import type { ErrorCode } from '../../../preload/errors';
import type { Messages } from '../../i18n/en';

type Problems = Messages['store']['problems'];
export type ProblemWords = Problems[keyof Problems];

/** What is said about a store that can't be opened; everything unforeseen is `internal`. */
export function problemWords(problems: Problems, code: ErrorCode): ProblemWords {
  return Object.hasOwn(problems, code) ? problems[code as keyof Problems] : problems.internal;
}

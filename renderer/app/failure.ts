/** What a person reads when something failed. */
import { CallError } from '../../preload/api';
import type { ErrorCode } from '../../preload/errors';
import type { I18n } from '../i18n/i18n.svelte';

/** The code of what was caught; everything that is not a refused call is `internal`. */
export function codeOf(caught: unknown): ErrorCode {
  return caught instanceof CallError ? caught.code : 'internal';
}

/** The sentence for what was caught, in the language in use. */
export function sentenceOf(i18n: I18n, caught: unknown): string {
  const data = caught instanceof CallError ? caught.data : {};
  return i18n.t.errors[codeOf(caught)](data, {
    duration: (ms) => i18n.duration(ms),
  });
}

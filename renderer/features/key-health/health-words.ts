/** How the keys are, in words: a title and what it means, without what to do. */
import type { KeyFindings } from '../../../preload/model/key-findings';
import type { KeyHealth } from '../../../preload/model/keys';
import type { I18n } from '../../i18n/i18n.svelte';

export interface HealthWords {
  readonly title: string;
  readonly text: string;
  /** A newer Holdfast may understand what this one does not: that comes before making anything anew. */
  readonly updateFirst: boolean;
}

export function healthWords(i18n: I18n, { state, findings }: KeyHealth): HealthWords {
  const t = i18n.t.keys.health;
  const { title, text } = t.states[state];
  const unknown = state === 'unknown' ? null : notUnderstood(findings);
  if (unknown === null) return { title, text, updateFirst: false };
  const said = t.notUnderstood[unknown];
  return state === 'secrets_incomplete' || state === 'reset_required'
    ? { title: t.notUnderstood.title, text: said, updateFirst: true }
    : { title, text: `${text} ${said}`, updateFirst: false };
}

function notUnderstood(findings: KeyFindings | null): 'storage' | 'backup' | 'both' | null {
  const storage = findings?.storage?.understood === false;
  const backup = findings?.backup?.understood === false;
  if (storage && backup) return 'both';
  return storage ? 'storage' : backup ? 'backup' : null;
}

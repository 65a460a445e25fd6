import type { Language } from '../../preload/model/app';

/** The language to speak: the person's choice, else the desktop's, else English. */
export function languageFor(chosen: Language | null, systemLocale: string): Language {
  return chosen ?? (/^de\b/i.test(systemLocale) ? 'de' : 'en');
}

/** What a language's sentences are made with: its plural rules and numbers. */
import type { Language } from '../../preload/model/app';

export interface PluralForms {
  /** `#` stands for the count, written as the language writes numbers. */
  readonly one: string;
  readonly other: string;
}

export interface Grammar {
  readonly number: (value: number) => string;
  readonly plural: (count: number, forms: PluralForms) => string;
}

export function grammarOf(language: Language): Grammar {
  const rules = new Intl.PluralRules(language);
  const format = new Intl.NumberFormat(language);
  const number = (value: number): string => format.format(value);
  return {
    number,
    plural(count, forms) {
      const form = rules.select(count) === 'one' ? forms.one : forms.other;
      return form.replaceAll('#', number(count));
    },
  };
}

/** The same keys in another language; a missing or surplus one does not compile. */
export type Translation<Messages> = {
  readonly [Key in keyof Messages]: Messages[Key] extends string
    ? string
    : Messages[Key] extends (...args: infer Args) => string
      ? (...args: Args) => string
      : Translation<Messages[Key]>;
};

/** The language of the app for a desktop's BCP 47 tag: German for every German, else English. */
export function languageOf(locale: string): Language {
  return /^de(?:-|$)/iu.test(locale) ? 'de' : 'en';
}

/** Every language of the app, in its own name. */
export const languageNames: Readonly<Record<Language, string>> = {
  en: 'English',
  de: 'Deutsch',
};

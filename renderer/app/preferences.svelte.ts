/** Language and theme: the person's choice, else the desktop's. */
import type { Api } from '../../preload/api';
import type { AppInfo, Language, Preferences as Choices, Theme } from '../../preload/model/app';
import { languageOf } from '../i18n/language';
import { ValueTopic } from './topics.svelte';

export class Preferences {
  readonly #api: Api;
  readonly #choices: ValueTopic<'preferences'>;
  #info = $state.raw<AppInfo>();

  constructor(api: Api) {
    this.#api = api;
    this.#choices = new ValueTopic(api, 'preferences', {});
  }

  /** Asks main about the desktop; until it answers, the window's own language stands in. */
  async load(): Promise<void> {
    this.#info = await this.#api.call('app.info', {});
  }

  get info(): AppInfo | undefined {
    return this.#info;
  }

  get choices(): Choices {
    return this.#choices.current ?? { language: null, theme: null };
  }

  get language(): Language {
    return this.choices.language ?? languageOf(this.#info?.systemLocale ?? navigator.language);
  }

  async chooseLanguage(language: Language | null): Promise<void> {
    await this.#api.call('preferences.update', { language });
  }

  async chooseTheme(theme: Theme | null): Promise<void> {
    await this.#api.call('preferences.update', { theme });
  }
}

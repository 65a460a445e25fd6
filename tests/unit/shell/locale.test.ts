import { expect, test } from 'vitest';
import { systemLocale } from '../../../main/shell/chromium/locale';

test.each([
  [{ LANG: 'de_DE.UTF-8' }, 'de-DE'],
  [{ LANG: 'de_AT@euro' }, 'de-AT'],
  [{ LC_ALL: 'en_GB.UTF-8', LC_MESSAGES: 'fr_FR', LANG: 'de_DE' }, 'en-GB'],
  [{ LC_ALL: '', LC_MESSAGES: 'fr_FR', LANG: 'de_DE' }, 'fr-FR'],
  [{ LANG: 'C.UTF-8' }, 'en'],
  [{ LANG: 'POSIX' }, 'en'],
])('%j is %s', (env, locale) => {
  expect(systemLocale(env)).toBe(locale);
});

test.each([{}, { LANG: 'not a locale' }])('%j leaves it to the system', (env) => {
  expect(systemLocale(env)).toBe(Intl.DateTimeFormat().resolvedOptions().locale);
});

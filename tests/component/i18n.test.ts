import { describe, expect, test } from 'vitest';
import { errorCodes } from '../../preload/errors';
import { sentenceOf } from '../../renderer/app/failure';
import { de } from '../../renderer/i18n/de';
import { en } from '../../renderer/i18n/en';
import { I18n } from '../../renderer/i18n/i18n.svelte';
import { grammarOf, languageOf } from '../../renderer/i18n/language';
import { failure } from './fake-transport';

const english = new I18n(() => 'en');
const german = new I18n(() => 'de');

function texts(messages: object, path = ''): readonly (readonly [string, unknown])[] {
  return Object.entries(messages).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null
      ? texts(value, `${path}${key}.`)
      : [[path + key, value] as const],
  );
}

test('every message exists in both languages and none is empty', () => {
  expect(texts(de).map(([path]) => path)).toEqual(texts(en).map(([path]) => path));
  for (const [path, text] of [...texts(en), ...texts(de)]) expect(text, path).not.toBe('');
});

describe.each([
  ['English', english],
  ['German', german],
] as const)('in %s', (_, i18n) => {
  test.each(errorCodes)('%s has a sentence, with and without details', (code) => {
    for (const data of [
      {},
      { server: 'a.example', count: 3, groups: [2, 5], retryAfterMs: 61_000 },
    ]) {
      const sentence = sentenceOf(i18n, failure(code, data));
      expect(sentence).toMatch(/^[\p{L}\d].*[.]$/u);
      expect(sentence).not.toMatch(/undefined|NaN|_/u);
    }
  });
});

test('an unforeseen error is told as one of ours, not by its own words', () => {
  expect(sentenceOf(english, new TypeError('x is not a function'))).toBe(
    sentenceOf(english, failure('internal')),
  );
});

test('a rate limit says how long to wait', () => {
  expect(sentenceOf(english, failure('rate_limited', { retryAfterMs: 90_000 }))).toContain(
    '2 minutes',
  );
  expect(sentenceOf(german, failure('rate_limited', { retryAfterMs: 1_000 }))).toContain(
    '1 Sekunde',
  );
});

test('counts follow the language', () => {
  const forms = { one: '# key', other: '# keys' };
  expect(grammarOf('en').plural(1, forms)).toBe('1 key');
  expect(grammarOf('en').plural(0, forms)).toBe('0 keys');
  expect(grammarOf('de').plural(20_000, forms)).toBe('20.000 keys');
});

test('one key is spoken of as one', () => {
  const { signOut, quit } = de.keys;
  expect(signOut.noBackup(0, 1)).toMatch(/^Nach dem Abmelden bleibt ein Schlüssel nur noch/u);
  expect(signOut.noBackup(2, null)).toMatch(/^Nach dem Abmelden bleiben Ihre Schlüssel nur noch/u);
  expect(en.keys.signOut.noBackup(0, 1)).toContain('one key stays only on this computer');
  expect(en.keys.signOut.confirm(1, 1)).toContain('in up to one encrypted room that need it.');
  expect(signOut.pending(1)).toContain('läge er');
  expect(quit.pending(1)).toMatch(/^Er bleibt/u);
  expect(en.keys.quit.noBackup(1)).toContain('one key stays on this device');
});

test('days are named as people name them', () => {
  const now = new Date(2026, 10, 23, 0, 30).getTime();
  const at = (day: number, hour = 12): number => new Date(2026, 10, day, hour).getTime();
  expect(english.day(at(23, 0), now)).toBe('Today');
  expect(german.day(at(22, 23), now)).toBe('Gestern');
  expect(english.day(at(3), now)).toBe('Tuesday 3 November');
  expect(english.dayAndTime(at(23, 0), now)).toBe('today, 00:00');
  expect(english.when(at(22, 9), now)).toBe('yesterday at 09:00');
  expect(english.when(at(3, 9), now)).toBe('on Tuesday 3 November at 09:00');
  expect(german.when(at(23, 0), now)).toBe('heute um 00:00 Uhr');
  expect(german.when(at(3, 9), now)).toBe('am Dienstag, 3. November, um 09:00 Uhr');
  expect(german.short(at(22), now)).toBe('gestern');
  expect(english.short(at(19), now)).toBe('Thu');
  expect(german.short(at(3), now)).toBe('3. Nov.');
  expect(english.short(new Date(2024, 2, 3).getTime(), now)).toBe('03/03/2024');
});

test('the language follows the desktop', () => {
  expect(['de', 'de-AT', 'DE-ch', 'en-GB', 'fr', 'den'].map(languageOf)).toEqual([
    'de',
    'de',
    'de',
    'en',
    'en',
    'en',
  ]);
});

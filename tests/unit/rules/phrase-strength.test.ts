import { beforeAll, describe, expect, it } from 'vitest';
import { loadPhraseMeter, type PhraseMeter } from '../../../preload/rules/phrase-strength';

let meter: PhraseMeter;
beforeAll(async () => {
  meter = await loadPhraseMeter();
});

describe('a phrase that is easy to guess', () => {
  it.each([
    ['password', 'common_password'],
    ['Passwort123', 'common_password'],
    ['qwertz123456', 'keyboard_pattern'],
    ['aaaaaaaaaaaaaaaa', 'repetition'],
    ['abcdefghijklmnop', 'sequence'],
    ['24.12.1999', 'date'],
    ['Universität Tübingen', 'common_words'],
    ['x9!', 'too_short'],
    ['', 'too_short'],
  ])('%j is refused: %s', (phrase, weakness) => {
    const strength = meter.measure(phrase);
    expect(strength.acceptable).toBe(false);
    expect(strength.weaknesses).toContain(weakness);
  });

  it('is one made of what everybody knows of the person', () => {
    const strength = meter.measure('lovelace.example', ['@lovelace:example.org', 'Ada Lovelace']);
    expect(strength.acceptable).toBe(false);
    expect(strength.weaknesses[0]).toBe('personal');
  });

  it('gains nothing from spaces', () => {
    expect(meter.measure('h u n d e').acceptable).toBe(false);
    expect(meter.measure('der kleine hund').score).toBeLessThan(3);
  });
});

describe('a phrase that is hard to guess', () => {
  it.each([
    'korrekt Pferd Batterie Heftklammer',
    'correct horse battery staple',
    'Ein Kamel tanzt auf dem Dach',
    'v8#Kq2!mZr5wL',
  ])('%j is accepted, and nothing is named weak', (phrase) => {
    expect(meter.measure(phrase)).toMatchObject({ acceptable: true, weaknesses: [] });
  });

  it('counts the same in every Unicode normalisation', () => {
    const phrase = 'Über grüne Hügel läuft ein Käuzchen';
    expect(meter.measure(phrase.normalize('NFD'))).toEqual(meter.measure(phrase));
  });

  it('is measured in bounded time, however long', () => {
    expect(meter.measure('Dachziegel '.repeat(90)).score).toBeGreaterThanOrEqual(0);
  });
});

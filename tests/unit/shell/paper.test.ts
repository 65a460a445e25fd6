import { expect, test } from 'vitest';
import { paperFormat } from '../../../main/shell/paper';

test.each([
  ['en-US', 'Letter'],
  ['es-MX', 'Letter'],
  ['fr-CA', 'Letter'],
  ['de-DE', 'A4'],
  ['en-GB', 'A4'],
  ['en', 'A4'],
  ['zh-Hant-TW', 'A4'],
] as const)('%s prints on %s', (locale, paper) => {
  expect(paperFormat(locale)).toBe(paper);
});

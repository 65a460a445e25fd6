/** The tests that a page of the docs names: files in code, followed by titles in quotation marks. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../../..');

export interface NamedTest {
  readonly file: string;
  readonly title: string;
}

/**
 * All the tests that a page names in its tables.
 *
 * @param page below docs/
 */
export function namedTests(page: string): readonly NamedTest[] {
  return promisedRows(page).flatMap(({ tests }) => tests);
}

export interface PromisedRow {
  /** What is promised: the row's first cell. */
  readonly promised: string;
  readonly tests: readonly NamedTest[];
  /** Something that is to be a test, and is no file followed by titles. */
  readonly unclear: boolean;
}

/**
 * The rows of a page's tables, each with the tests it names.
 *
 * @param page below docs/
 */
export function promisedRows(page: string): readonly PromisedRow[] {
  return promisedRowsIn(readFileSync(join(root, 'docs', page), 'utf8'));
}

export function promisedRowsIn(text: string): readonly PromisedRow[] {
  const lines = text.split('\n');
  const isRow = (line: string): boolean => line.startsWith('|');
  const isRule = (line: string | undefined): boolean => /^\|[ -]*-[ |-]*$/.test(line ?? '');
  return lines
    .filter((line, index) => isRow(line) && !isRule(line) && !isRule(lines[index + 1]))
    .map((line) => {
      const tests = line
        .split(/(?=`tests\/)/)
        .slice(1)
        .map(testsOf);
      return {
        promised: line.split('|')[1]?.trim() ?? '',
        tests: tests.flat(),
        unclear: tests.length === 0 || tests.some((named) => named.length === 0),
      };
    });
}

/** @param part of a row, from a file's name on */
function testsOf(part: string): readonly NamedTest[] {
  const file = /^`(tests\/[^`]+\.ts)`/.exec(part)?.[1];
  if (file === undefined) return [];
  // A title may quote in turn: it ends where a title can end.
  const titles = [...part.matchAll(/“(.+?)”(?=[,;]| *\|)/g)];
  return titles.map(([, title = '']) => ({ file, title }));
}

export function isThere({ file, title }: NamedTest): boolean {
  const path = join(root, file);
  return existsSync(path) && readFileSync(path, 'utf8').includes(title);
}

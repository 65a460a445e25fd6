/** The tests that a page of the docs names: files in code, followed by titles in quotation marks. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../../..');

export interface NamedTest {
  readonly file: string;
  readonly title: string;
}

/** @param page below docs/ */
export function namedTests(page: string): readonly NamedTest[] {
  return readFileSync(join(root, 'docs', page), 'utf8')
    .split('\n')
    .flatMap((line) =>
      line
        .split(/(?=`tests\/)/)
        .slice(1)
        .flatMap((part) => {
          const file = /^`(tests\/[^`]+\.ts)`/.exec(part)?.[1] ?? '';
          // A title may quote in turn: it ends where a title can end.
          const titles = [...part.matchAll(/“(.+?)”(?=[,;]| *\|)/g)];
          return file === '' ? [] : titles.map(([, title = '']) => ({ file, title }));
        }),
    );
}

export function isThere({ file, title }: NamedTest): boolean {
  const path = join(root, file);
  return existsSync(path) && readFileSync(path, 'utf8').includes(title);
}

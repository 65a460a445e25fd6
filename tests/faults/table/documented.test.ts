import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { projectDir } from '../support/places';

const page = readFileSync(join(projectDir, 'docs/faults.md'), 'utf8');

/** Each file named in a row, with the titles that follow it up to the next file. */
function named(): { readonly file: string; readonly title: string }[] {
  return page.split('\n').flatMap((line) =>
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

it('every test that the table of faults names exists', () => {
  const rows = named();
  expect(rows.length).toBeGreaterThan(25);
  const missing = rows.filter(({ file, title }) => {
    const path = join(projectDir, file);
    return !existsSync(path) || !readFileSync(path, 'utf8').includes(title);
  });
  expect(missing).toEqual([]);
});

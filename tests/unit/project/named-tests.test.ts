import { describe, expect, it } from 'vitest';
import { isThere, namedTests, promisedRows, promisedRowsIn } from '../../support/docs/named-tests';

describe('the page on key management’s tests', () => {
  const rows = promisedRows('key-management-tests.md');

  it('names tests that exist', () => {
    const named = namedTests('key-management-tests.md');
    expect(named.length).toBeGreaterThan(50);
    expect(named.filter((test) => !isThere(test))).toEqual([]);
  });

  it('names a test in every row, by file and title', () => {
    const unclear = rows.filter((row) => row.unclear);
    expect(unclear.map(({ promised }) => promised)).toEqual([]);
  });
});

describe('a row that promises something', () => {
  const table = (...cells: readonly string[]): string =>
    ['| promised | test |', '| -------- | ---- |', ...cells.map((cell) => `| It | ${cell} |`)].join(
      '\n',
    );

  it.each([
    ['nothing', ''],
    ['no file', '`tests/integration/rooms/HISTORY”'],
    ['a file without a title', '`tests/unit/one.test.ts`'],
    ['a second file without a title', '`tests/unit/one.test.ts` “works”; `tests/unit/two.test.ts`'],
  ])('is unclear where it names %s', (_, cell) => {
    expect(promisedRowsIn(table(cell))).toMatchObject([{ promised: 'It', unclear: true }]);
  });

  it('is clear where each file is followed by titles, which may quote in turn', () => {
    const cell =
      '`tests/unit/one.test.ts` “says “yes” to it”, “works”; `tests/e2e/two.spec.ts` “goes”';
    expect(promisedRowsIn(table(cell))).toEqual([
      {
        promised: 'It',
        tests: [
          { file: 'tests/unit/one.test.ts', title: 'says “yes” to it' },
          { file: 'tests/unit/one.test.ts', title: 'works' },
          { file: 'tests/e2e/two.spec.ts', title: 'goes' },
        ],
        unclear: false,
      },
    ]);
  });
});

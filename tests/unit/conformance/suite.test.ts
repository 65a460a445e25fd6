import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { findTests } from '../../conformance/suite';
import { temporaryFolder } from '../store/support/temporary-folder';

function checkoutWith(files: Readonly<Record<string, string>>): string {
  const checkout = temporaryFolder();
  mkdirSync(join(checkout, 'IndexedDB'));
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(checkout, 'IndexedDB', name), text);
  }
  return checkout;
}

it('A script runs after the scripts it names, once for each of its variants', () => {
  const source = [
    '// META: script=resources/a.js',
    '// META: script=/common/b.js',
    '// META: variant=?1-2',
    '// META: variant=?3-last',
    'one();',
  ].join('\n');
  const tests = findTests(checkoutWith({ 'x.any.js': source, 'README.md': 'no test' }));
  expect(tests.map(({ name }) => name)).toEqual(['x.any.js?1-2', 'x.any.js?3-last']);
  expect(tests[1]?.scripts).toEqual([
    { path: '/IndexedDB/resources/a.js' },
    { path: '/common/b.js' },
    { code: source },
  ]);
  expect(tests[1]?.url).toMatch(/\/IndexedDB\/x\.any\.js\?3-last$/);
});

it('A page gives its scripts in order, without the harness', () => {
  const page = [
    '<script src="/resources/testharness.js"></script>',
    '<script src=/resources/testharnessreport.js></script>',
    "<script src='resources/a.js'></script>",
    '<script>two();</script>',
  ].join('\n');
  const [test] = findTests(checkoutWith({ 'y.htm': page }));
  expect(test?.scripts).toEqual([{ path: '/IndexedDB/resources/a.js' }, { code: 'two();' }]);
});

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, it } from 'vitest';

/** As much of a harness as the runner needs: one test, whose result the script gives. */
const HARNESS = `
  let result;
  const declared = new Promise((resolve) => { result = resolve; });
  async function done() {
    const test = { name: 'stores', message: '', ...(await declared) };
    postMessage({ type: 'complete', tests: [test], status: { status: 0, message: null } });
  }`;

const STORING = `
  const opening = indexedDB.open(location.pathname);
  opening.onupgradeneeded = () => opening.result.createObjectStore('s').put('value', 1);
  opening.onsuccess = () => {
    const reading = opening.result.transaction('s').objectStore('s').get(1);
    reading.onsuccess = () => result({ status: reading.result === expected ? 0 : 1 });
  };`;

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function run(files: Readonly<Record<string, string>>): { status: number | null; output: string } {
  const checkout = mkdtempSync(join(tmpdir(), 'holdfast-wpt-'));
  folders.push(checkout);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(checkout, path)), { recursive: true });
    writeFileSync(join(checkout, path), text);
  }
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/wpt.mjs', checkout], {
    encoding: 'utf8',
  });
  return { status, output: stdout + stderr };
}

const harness = { 'resources/testharness.js': HARNESS };

it('runs the tests of a checkout on the store', () => {
  const script = `const expected = 'value';${STORING}`;
  const { status, output } = run({ ...harness, 'IndexedDB/a.any.js': script });
  expect(output).toContain('files:    1 of 1 pass whole');
  expect(output).toContain('subtests: 1 pass, 0 fail');
  expect(status).toBe(0);
});

it('names what fails, what throws and what never ends, and fails itself', () => {
  const { status, output } = run({
    ...harness,
    'IndexedDB/a.any.js': `const expected = 'another value';${STORING}`,
    'IndexedDB/b.any.js': `self.addEventListener('error', ({ error }) =>
      result({ status: 1, message: error.message })); throw new Error('thrown');`,
    'IndexedDB/c.any.js': 'nothing => nothing;',
  });
  expect(output).toMatch(/^fails: a\.any\.js [0-9a-f]{10} “stores”/m);
  expect(output).toMatch(/^fails: b\.any\.js [0-9a-f]{10} “stores” thrown/m);
  expect(output).toMatch(/^fails: c\.any\.js harness its process ended with 0/m);
  expect(status).toBe(1);
});

it('fails where there is nothing to run', () => {
  expect(run({ 'IndexedDB/README.md': '' }).status).toBe(2);
});

/** Finds the tests of a checkout of web-platform-tests, and what each of them loads. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

/** A script of a test: a file by its path in the checkout, or what stands in the page itself. */
export type Script = { readonly path: string } | { readonly code: string };

/** One run of a test file. */
export interface SuiteTest {
  /** The file's name, with the variant's query if it has variants. */
  readonly name: string;
  readonly file: string;
  readonly url: string;
  /** What runs, in order, after the harness. */
  readonly scripts: readonly Script[];
}

const FOLDER = 'IndexedDB';
const TEST_FILE = /\.(any|window|worker)\.js$|\.html?$/;
const HARNESS = /^\/resources\/testharness(report)?\.js$/;

/** Addresses that the suite's own server answers with another file. */
const SERVED_AS: Readonly<Record<string, string>> = {
  '/resources/WebIDLParser.js': '/resources/webidl2/lib/webidl2.js',
};

/** All tests of the suite's IndexedDB folder, by name. */
export function findTests(checkout: string): SuiteTest[] {
  const files = readdirSync(join(checkout, FOLDER)).filter((file) => TEST_FILE.test(file));
  return files.sort().flatMap((file) => testsOf(checkout, file));
}

function testsOf(checkout: string, file: string): SuiteTest[] {
  const source = readFileSync(join(checkout, FOLDER, file), 'utf8');
  const isScript = file.endsWith('.js');
  const scripts = isScript ? [...metaScripts(source), { code: source }] : pageScripts(source);
  const variants = isScript ? metaValues(source, 'variant') : [];
  return (variants.length > 0 ? variants : ['']).map((variant) => ({
    name: `${file}${variant}`,
    file,
    url: `https://web-platform.test/${FOLDER}/${file}${variant}`,
    scripts,
  }));
}

function metaScripts(source: string): Script[] {
  return metaValues(source, 'script').map((path) => ({ path: inCheckout(path) }));
}

function metaValues(source: string, name: string): string[] {
  const lines = source.matchAll(/^\/\/ META: ([a-z]+)=(.*)$/gm);
  return [...lines].filter(([, key]) => key === name).map(([, , value = '']) => value.trim());
}

function pageScripts(source: string): Script[] {
  const elements = source.matchAll(/<script\b([^>]*)>(.*?)<\/script>/gs);
  return [...elements].flatMap(([, attributes = '', code = '']): Script[] => {
    const path = /\bsrc=["']?([^"'\s>]+)/.exec(attributes)?.[1];
    if (path === undefined) return [{ code }];
    return HARNESS.test(path) ? [] : [{ path: inCheckout(path) }];
  });
}

function inCheckout(path: string): string {
  return posix.resolve(`/${FOLDER}`, SERVED_AS[path] ?? path);
}

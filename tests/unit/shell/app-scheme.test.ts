import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAppScheme, type AppScheme } from '../../../main/shell/app-scheme';
import { ContentLender } from '../../../main/shell/content-lender';
import { contentSecurityPolicy } from '../../../main/shell/csp';
import type { AppResponse } from '../../../main/shell/shell';

let folder: string;
let scheme: AppScheme;
const lender = new ContentLender();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-scheme-'));
  const rendererDir = join(folder, 'renderer');
  await mkdir(join(rendererDir, 'assets'), { recursive: true });
  await mkdir(join(rendererDir, 'folder.html'));
  await writeFile(join(folder, 'secret.html'), 'secret');
  await writeFile(join(folder, 'renderer-secret.html'), 'secret');
  await writeFile(join(rendererDir, 'index.html'), 'start');
  await writeFile(join(rendererDir, '.hidden.html'), 'hidden');
  await writeFile(join(rendererDir, 'notes.txt'), 'notes');
  await writeFile(join(rendererDir, 'assets', 'app-B1_x.js'), 'script');
  await symlink(join(folder, 'secret.html'), join(rendererDir, 'link.html'));
  await symlink(join(folder, 'renderer-secret.html'), join(rendererDir, 'sibling.html'));
  scheme = createAppScheme({ rendererDir, lender });
});
afterAll(() => rm(folder, { recursive: true }));

const get = (path: string, origin = 'holdfast://app'): Promise<AppResponse> =>
  scheme.serve({ method: 'GET', url: origin + path });
const textOf = ({ body }: AppResponse): string => new TextDecoder().decode(body);

describe('files of the build', () => {
  test.each(['', '/', '/index.html', '/?theme=dark', '/#top', '/index.html?a=../b'])(
    '%j is the start page',
    async (path) => {
      const answer = await get(path);
      expect(answer.status).toBe(200);
      expect(textOf(answer)).toBe('start');
    },
  );

  test('carry their type, the policy, and are neither sniffed nor stored', async () => {
    const answer = await get('/assets/app-B1_x.js', 'https://app.holdfast.invalid');
    expect(textOf(answer)).toBe('script');
    expect(answer.headers).toEqual({
      'Content-Type': 'text/javascript; charset=utf-8',
      'Content-Security-Policy': contentSecurityPolicy,
      'X-Content-Type-Options': 'nosniff',
      'X-Frame-Options': 'DENY',
      'Referrer-Policy': 'no-referrer',
      'Cross-Origin-Resource-Policy': 'same-origin',
      'Cache-Control': 'no-store',
    });
  });

  test.each(['/missing.js', '/assets', '/folder.html', '/notes.txt', '/index.html/x.html'])(
    '%j is not one of them',
    async (path) => {
      expect((await get(path)).status).toBe(404);
    },
  );

  test.each(['/link.html', '/sibling.html'])(
    '%j leads outside, and is not served',
    async (path) => {
      expect((await get(path)).status).toBe(404);
    },
  );
});

test.each([
  '/../secret.html',
  '/assets/../../secret.html',
  '/assets/..',
  '/%2e%2e/secret.html',
  '/%2E%2E%2Fsecret.html',
  '/..%2fsecret.html',
  '/%252e%252e/secret.html',
  '/..\\secret.html',
  '\\..\\secret.html',
  '/..%5csecret.html',
  '/index.html\0.js',
  '/index.html%00.js',
  '//etc/passwd',
  '/./index.html',
  '/.hidden.html',
  '/assets//app-B1_x.js',
  '/index.html/',
  '/C:/secret.html',
  '/index.html:stream',
  '/ä.html',
  '/lent/../index.html',
  '/lent/',
  '/lent/short',
  `/lent/${'a'.repeat(32)}/`,
])('%j is refused', async (path) => {
  const answer = await get(path);
  expect(answer.status).toBe(400);
  expect(answer.body).toHaveLength(0);
  expect(answer.headers['X-Content-Type-Options']).toBe('nosniff');
});

test.each(['not a url', '/index.html', ''])('%j, no URL at all, is refused', async (url) => {
  expect((await scheme.serve({ method: 'GET', url })).status).toBe(400);
});

test.each(['POST', 'HEAD', 'PUT', 'OPTIONS', 'get', ''])('method %j is refused', async (method) => {
  const answer = await scheme.serve({ method, url: 'holdfast://app/' });
  expect(answer.status).toBe(405);
  expect(answer.headers['Allow']).toBe('GET');
});

describe('lent content', () => {
  test('is answered under its own policy, and only as often as agreed', async () => {
    const path = lender.lendPage('<h1>Sheet</h1>');
    const answer = await get(path);
    expect(textOf(answer)).toBe('<h1>Sheet</h1>');
    expect(answer.headers).toMatchObject({
      'Content-Type': 'text/html; charset=utf-8',
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
    });
    expect(answer.headers['Content-Security-Policy']).toMatch(
      /^default-src 'none'; style-src 'none'/,
    );
    expect((await get(path)).status).toBe(404);
  });

  test('that could run is only ever a file to save', async () => {
    const answer = await get(lender.lendMedia(new Uint8Array([60]), 'image/svg+xml'));
    expect(answer.headers).toMatchObject({
      'Content-Type': 'application/octet-stream',
      'Content-Disposition': 'attachment',
    });
  });
});

import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ContentLender, lentPrefix } from '../../../main/shell/content-lender';
import { contentSecurityPolicy } from '../../../main/shell/csp';

const idOf = (path: string): string => path.slice(lentPrefix.length);
const bytes = new Uint8Array([1, 2, 3]);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a lent page', () => {
  test('is answered once', () => {
    const lender = new ContentLender();
    const id = idOf(lender.lendPage('<h1>Sheet</h1>'));
    expect(new TextDecoder().decode(lender.take(id)?.bytes)).toBe('<h1>Sheet</h1>');
    expect(lender.take(id)).toBeNull();
  });

  test('is gone after a minute', () => {
    const lender = new ContentLender();
    const id = idOf(lender.lendPage('<h1>Sheet</h1>'));
    vi.advanceTimersByTime(60_000);
    expect(lender.take(id)).toBeNull();
  });

  test('may style itself, by the hash of each of its style sheets', () => {
    const lender = new ContentLender();
    const style = '\nh1 { color: red }\n';
    const content = lender.take(idOf(lender.lendPage(`<style media="all">${style}</style>`)));
    const hash = createHash('sha256').update(style).digest('base64');
    expect(content?.policy).toContain(`style-src 'sha256-${hash}'`);
    expect(content?.contentType).toBe('text/html; charset=utf-8');
  });

  test('can be taken back', () => {
    const lender = new ContentLender();
    const path = lender.lendPage('<h1>Sheet</h1>');
    lender.revoke(path);
    lender.revoke(path);
    expect(lender.take(idOf(path))).toBeNull();
  });

  test('has an address nobody guesses', () => {
    const lender = new ContentLender();
    const paths = Array.from({ length: 100 }, () => lender.lendPage(''));
    expect(new Set(paths).size).toBe(100);
    for (const path of paths) expect(path).toMatch(/^\/lent\/[A-Za-z0-9_-]{32}$/);
  });
});

describe('lent media', () => {
  test('is answered until it is taken back', () => {
    const lender = new ContentLender();
    const path = lender.lendMedia(bytes, 'image/png');
    for (let request = 0; request < 50; request += 1) {
      expect(lender.take(idOf(path))?.contentType).toBe('image/png');
    }
    lender.revoke(path);
    expect(lender.take(idOf(path))).toBeNull();
  });

  test.each([
    'text/html',
    'TEXT/HTML; charset=utf-8',
    'image/svg+xml',
    'application/xhtml+xml',
    'text/xml',
    'application/xml',
    'text/javascript',
    'application/pdf',
    'multipart/x-mixed-replace',
    '',
    ' ',
    '__proto__',
  ])('of the type %j is bytes to save, never a page', (type) => {
    const lender = new ContentLender();
    expect(lender.take(idOf(lender.lendMedia(bytes, type)))).toEqual({
      bytes,
      contentType: 'application/octet-stream',
      policy: contentSecurityPolicy,
      inline: false,
    });
  });

  test('keeps its type without the parameters its sender wrote', () => {
    const lender = new ContentLender();
    const content = lender.take(idOf(lender.lendMedia(bytes, 'Image/JPEG; x="text/html"')));
    expect(content).toMatchObject({ contentType: 'image/jpeg', inline: true });
  });
});

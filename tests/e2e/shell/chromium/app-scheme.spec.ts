import type { Page, Response } from '@playwright/test';
import { contentSecurityPolicy } from '../../../../main/shell/csp';
import { expect, test } from '../../../support/shell/shell-test';

test('every answer of the app scheme carries the one policy and is never sniffed', async ({
  hosted,
}) => {
  const page = await hosted.readyPage();
  const answers = new Map<string, Record<string, string>>();
  page.on('response', (response) => {
    answers.set(new URL(response.url()).pathname, response.headers());
  });
  await page.evaluate(() => location.reload());
  await page.locator('html[data-ready]').waitFor();

  expect([...answers.keys()].sort()).toEqual(['/', '/page.js', '/style.css']);
  for (const headers of answers.values()) {
    expect(headers['content-security-policy']).toBe(contentSecurityPolicy);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['cache-control']).toBe('no-store');
  }
});

test('the policy holds in the window: no eval, no inline script, no request', async ({
  hosted,
}) => {
  const page = await hosted.readyPage();
  const outcome = await page.evaluate(async () => {
    const violated = new Promise<string>((resolve) => {
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
        if (effectiveDirective.startsWith('connect')) resolve(effectiveDirective);
      });
    });
    const script = document.createElement('script');
    let trustedTypes = 'accepted';
    try {
      script.textContent = 'document.title = "inline"';
    } catch {
      trustedTypes = 'refused';
    }
    document.head.append(script);
    const request = await fetch('/style.css').then(
      () => 'answered',
      () => 'refused',
    );
    return { title: document.title, request, trustedTypes, violated: await violated };
  });
  expect(outcome).toEqual({
    title: 'Shell under test',
    request: 'refused',
    trustedTypes: 'refused',
    violated: 'connect-src',
  });
});

test('tricks with the path are refused', async ({ hosted }) => {
  const page = await hosted.readyPage();
  for (const path of [
    '/a%2f..%2f..%2fetc%2fpasswd',
    '/..%5c..%5cpackage.json',
    '/index.html%00.png',
    '/.hidden.html',
    '/%2e%2e%2fpackage.json',
  ]) {
    expect((await ask(page, path)).status(), path).toBe(400);
  }
  expect((await ask(page, '/missing.js')).status()).toBe(404);
});

test('lent content is served as often as agreed', async ({ hosted }) => {
  const page = await hosted.readyPage();
  const sheet = String(await hosted.child.call('lendPage', '<style>h1{}</style><h1>Sheet</h1>'));
  const answer = await ask(page, sheet);
  expect(answer.status()).toBe(200);
  expect(answer.headers()['content-security-policy']).toMatch(
    /^default-src 'none'; style-src 'sha/,
  );
  expect((await ask(page, sheet)).status()).toBe(404);
});

test('lent content of the account is never a page', async ({ hosted }) => {
  const page = await hosted.readyPage();
  for (const type of ['image/svg+xml', 'text/html', 'application/xhtml+xml; charset=utf-8']) {
    const lent = await hosted.child.call('lendMedia', '<svg onload="alert(1)"/>', type);
    const headers = (await ask(page, String(lent))).headers();
    expect(headers['content-type']).toBe('application/octet-stream');
    expect(headers['content-disposition']).toBe('attachment');
    expect(headers['x-content-type-options']).toBe('nosniff');
  }
});

/** What the app scheme answers when the page asks; as a picture, the one kind it may ask for. */
async function ask(page: Page, url: string): Promise<Response> {
  const [response] = await Promise.all([
    page.waitForResponse(() => true),
    page.evaluate((address) => void (new Image().src = address), url),
  ]);
  return response;
}

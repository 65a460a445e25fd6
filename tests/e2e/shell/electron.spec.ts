/** What only Electron can show. Where its binary is missing, these are listed as not run. */
import { expect, test } from '../support/fixture';

test('@electron the preload is isolated from the page', async ({ shell }) => {
  const found = await shell.page.evaluate(() => {
    const transport = Reflect.get(globalThis, 'holdfast') as object;
    return {
      keys: Object.keys(transport).sort(),
      writable: Reflect.set(globalThis, 'holdfast', null),
      // A function of the isolated world would lead to its globals.
      constructor: Reflect.get(transport, 'invoke') instanceof Function,
    };
  });
  expect(found).toEqual({ keys: ['invoke', 'subscribe'], writable: false, constructor: true });
});

test('@electron the page lives under the app scheme', async ({ shell }) => {
  expect(await shell.page.evaluate(() => [location.href, isSecureContext])).toEqual([
    'holdfast://app/',
    true,
  ]);
});

test('@electron no link leads anywhere, and no window opens', async ({ shell }) => {
  const before = shell.page.url();
  const opened = await shell.page.evaluate(() => {
    location.href = 'https://elsewhere.example/';
    return window.open('https://elsewhere.example/') === null;
  });
  expect(opened).toBe(true);
  expect(shell.page.url()).toBe(before);
});

test('@electron permissions are denied without a question', async ({ shell }) => {
  const states = await shell.page.evaluate(async () => {
    const names = ['geolocation', 'camera', 'microphone', 'notifications', 'clipboard-read'];
    const queried = await Promise.all(
      names.map((name) => navigator.permissions.query({ name: name as PermissionName })),
    );
    return queried.map(({ state }) => state);
  });
  expect(new Set(states)).toEqual(new Set(['denied']));
});

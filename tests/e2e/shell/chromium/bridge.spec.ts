import type { Page } from '@playwright/test';
import { expect, test } from '../../../support/shell/shell-test';

test('the page’s own main frame is answered, as the browser names it', async ({ hosted }) => {
  const page = await hosted.readyPage();
  const reply = await page.evaluate(() =>
    holdfast.invoke('echo', { a: undefined, b: ['ä', null] }),
  );
  expect(reply).toEqual({
    ok: true,
    value: {
      windowId: 'main-1',
      origin: 'https://app.holdfast.invalid',
      isMainFrame: true,
      args: { a: undefined, b: ['ä', null] },
    },
  });
});

test('the raw binding is off the global, and the transport can’t be replaced', async ({
  hosted,
}) => {
  const page = await hosted.readyPage();
  expect(
    await page.evaluate(() => {
      const before = globalThis.holdfast;
      Reflect.set(globalThis, 'holdfast', null);
      Reflect.deleteProperty(globalThis, 'holdfast');
      return {
        raw: Reflect.has(globalThis, '__holdfastWire'),
        same: globalThis.holdfast === before,
        frozen: Object.isFrozen(before),
      };
    }),
  ).toEqual({ raw: false, same: true, frozen: true });
});

test('pushes arrive whole and in order', async ({ hosted }) => {
  const page = await hosted.readyPage();
  // The page is ready when it has asked; pushes go to whoever the host knows.
  await expect.poll(() => hosted.child.call('hasSubscriber')).toBe(true);
  await hosted.child.call('pushNumbers', 500);
  await hosted.child.call('pushNumbers', 500);
  await expect.poll(() => page.evaluate(() => received.length)).toBe(1000);
  const once = Array.from({ length: 500 }, (_, number) => number);
  expect(await page.evaluate(() => received.map(Number))).toEqual([...once, ...once]);
});

test('a sub-frame is refused, even with the raw binding in its hands', async ({ hosted }) => {
  const page = await hosted.readyPage();
  await addFrame(page);
  const frame = page.frames().find((child) => child !== page.mainFrame());
  const outcome = await frame!.evaluate(async (): Promise<unknown> => {
    interface Controller {
      callBinding(name: string, message: unknown): Promise<unknown>;
    }
    const controller: unknown = Reflect.get(globalThis, '__playwright__binding__controller__');
    const call = { kind: 'invoke', name: 'echo', args: {}, document: 'forged' };
    return {
      transport: Reflect.has(globalThis, 'holdfast'),
      reply: await (controller as Controller).callBinding('__holdfastWire', call),
    };
  });
  expect(outcome).toMatchObject({
    transport: false,
    reply: { ok: false, error: { code: 'not_allowed' } },
  });
  expect(hosted.child.eventsNamed('invoke')).not.toContainEqual(
    expect.objectContaining({ name: 'echo' }),
  );
});

test('a reloaded document is a new window to the host', async ({ hosted }) => {
  const page = await hosted.readyPage();
  await page.evaluate(() => location.reload());
  await page.locator('html[data-ready]').waitFor();
  await expect.poll(() => hosted.child.eventsNamed('windowGone')).toEqual(['main-1']);
  const reply = await page.evaluate(() => holdfast.invoke('echo', {}));
  expect(reply).toMatchObject({ value: { windowId: 'main-2' } });
});

async function addFrame(page: Page): Promise<void> {
  await page.evaluate(() => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
  });
  await expect.poll(() => page.frames().length).toBe(2);
}

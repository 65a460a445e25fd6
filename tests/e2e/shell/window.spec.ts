/** What the built app's window promises in every shell. */
import { contentSecurityPolicy } from '../../../main/shell/csp';
import { expect, test } from '../support/fixture';

test('the app shows its window under the one policy, without a violation', async ({ shell }) => {
  const { page } = shell;
  await expect(page.locator('#app')).not.toBeEmpty();
  const violations: string[] = [];
  page.on('console', (message) => {
    if (/content security policy|trusted type/i.test(message.text()))
      violations.push(message.text());
  });
  const [response] = await Promise.all([
    page.waitForResponse((answer) => new URL(answer.url()).pathname === '/'),
    page.evaluate(() => location.reload()),
  ]);
  expect((await response.allHeaders())['content-security-policy']).toBe(contentSecurityPolicy);
  await expect(page.locator('#app')).not.toBeEmpty();
  expect(violations).toEqual([]);
});

test('the page has the transport and nothing of Node or the shell', async ({ shell }) => {
  const found = await shell.page.evaluate(() =>
    ['holdfast', 'require', 'process', 'module', 'Buffer', 'global', 'electron'].filter((name) =>
      Reflect.has(globalThis, name),
    ),
  );
  expect(found).toEqual(['holdfast']);
});

test('a call is answered, and one that the contract does not know is refused', async ({
  shell,
}) => {
  const [info, unknown, wrong] = await shell.page.evaluate(async () => {
    const transport = Reflect.get(globalThis, 'holdfast') as {
      invoke(name: unknown, args: unknown): Promise<unknown>;
    };
    return Promise.all([
      transport.invoke('app.info', {}),
      transport.invoke('__proto__', {}),
      transport.invoke('app.info', { surplus: true }),
    ]);
  });
  expect(info).toMatchObject({ ok: true, value: { capabilities: { canPrint: true } } });
  expect(unknown).toMatchObject({ ok: false, error: { code: 'bad_request' } });
  expect(wrong).toMatchObject({ ok: false, error: { code: 'bad_request' } });
});

test('a restarted app opens the same profile', async ({ shell }) => {
  const before = shell.pid;
  const page = await shell.restart();
  expect(shell.pid).not.toBe(before);
  await expect(page.locator('#app')).not.toBeEmpty();
});

test('two profiles are two windows', async ({ shell, openShell }) => {
  const other = await openShell();
  expect(other.profileDir).not.toBe(shell.profileDir);
  await expect(other.page.locator('#app')).not.toBeEmpty();
  await expect(shell.page.locator('#app')).not.toBeEmpty();
});

test('a closed window ends an app that has nothing to lose', async ({ shell }) => {
  await expect(shell.page.locator('#app')).not.toBeEmpty();
  await shell.closeWindow();
  await shell.ended();
});

/** What can go wrong on the way in: each its own sentence, and nothing typed is lost. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { en } from '../../../renderer/i18n/en';
import { Person } from '../story/person';
import { useScene } from '../story/scene';
import { expect, test } from '../support/fixture';

const scene = useScene({
  config: {
    rc_login: {
      address: { per_second: 0.01, burst_count: 200 },
      account: { per_second: 0.01, burst_count: 200 },
      failed_attempts: { per_second: 0.01, burst_count: 3 },
    },
  },
});

let portal: Server;
test.beforeAll(async () => {
  portal = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Welcome to our WiFi</h1>');
  });
  await new Promise<void>((resolve) => portal.listen(0, '127.0.0.1', resolve));
});
test.afterAll(() => {
  portal.close();
});

test('every wrong server has its own sentence', async ({ shell }) => {
  const person = new Person(shell);
  const words = { duration: String, number: String };
  const portalAddress = `127.0.0.1:${String((portal.address() as AddressInfo).port)}`;
  const attempts: readonly (readonly [string, string])[] = [
    ['', en.signIn.serverMissing],
    ['not a server', en.errors.server_name_invalid({}, words)],
    ['http://matrix.example.edu', en.errors.server_insecure({}, words)],
    [`http://${portalAddress}`, en.errors.server_not_matrix({ server: portalAddress }, words)],
  ];
  for (const [server, sentence] of attempts) {
    await person.findServer(server);
    await expect(person.page.getByText(sentence)).toBeVisible();
    await expect(person.page.getByLabel(en.signIn.server, { exact: true })).toHaveValue(server);
  }
});

test('a wrong password, a deactivated account and too many attempts are told apart', async ({
  shell,
}) => {
  const words = { duration: String, number: String };
  const rightful = await scene.newPerson('niels');
  const gone = await scene.newPerson('werner');
  await scene.homeserver.deactivateUser(gone);
  const person = new Person(shell);
  await person.findServer(scene.homeserver.baseUrl);

  await person.enterPassword(gone.name, gone.password);
  await expect(
    person.page.getByText(en.errors.account_deactivated({}, words)).or(
      // A server may refuse to say more about an account that is gone.
      person.page.getByText(en.errors.wrong_password({}, words)),
    ),
  ).toBeVisible();

  await person.enterPassword(rightful.name, 'wrong');
  await expect(person.page.getByText(en.errors.wrong_password({}, words))).toBeVisible();
  await expect(person.page.getByLabel(en.signIn.user, { exact: true })).toHaveValue(rightful.name);

  for (let attempt = 0; attempt < 4; attempt++) {
    await person.enterPassword(rightful.name, `wrong ${String(attempt)}`);
    await expect(person.button(en.signIn.submit)).toBeEnabled();
  }
  await expect(person.page.getByText(/asks for a pause/)).toBeVisible();
});

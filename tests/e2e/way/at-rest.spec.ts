/** Nothing of an account can be read on the disk without the store key (S4). */
import { randomUUID } from 'node:crypto';
import { lstat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { en } from '../../../renderer/i18n/en';
import { filesBelow, readIfThere } from '../../support/files-below';
import { Person } from '../story/person';
import { useScene } from '../story/scene';
import { expect, test } from '../support/fixture';

const scene = useScene();

/** No file of anybody else's holds these. */
const mark = randomUUID();
const room = `Zephyr ${mark}`;
const received = `Quetzal ${mark} came in`;
const sent = `Okapi ${mark} went out`;

/** Larger files in the temporary folder are no file of ours. */
const maxBytes = 64 * 1024 * 1024;

/** Nor are those of somebody else that nobody may read. */
const notOurs = ['ENOENT', 'EACCES'];

/** The files that changed since `since` and hold one of the markers, in UTF-8 or UTF-16. */
async function filesWith(
  folders: readonly string[],
  markers: readonly string[],
  since: number,
): Promise<string[]> {
  const needles = markers.flatMap((marker) => [
    Buffer.from(marker, 'utf8'),
    Buffer.from(marker, 'utf16le'),
  ]);
  const found: string[] = [];
  for (const folder of folders) {
    for await (const path of filesBelow(folder, notOurs)) {
      const info = await lstat(path).catch(() => null);
      if (info === null || info.mtimeMs < since || info.size > maxBytes) continue;
      const content = await readIfThere(path, notOurs);
      if (needles.some((needle) => content.includes(needle))) found.push(path);
    }
  }
  return found;
}

test('profile, WAL and temporary files tell nothing, while running and after', async ({
  shell,
}) => {
  test.setTimeout(180_000);
  const since = Date.now();
  const user = await scene.newPerson(`sofja-${mark}`);
  const partner = await scene.newPartner('karl');
  const sofja = new Person(shell);
  await sofja.signIn(scene.signInData(user));
  const recoveryKey = await sofja.chooseKey();
  await sofja.toProof();
  await sofja.proveByGroups(recoveryKey);
  await sofja.finishSetup();
  const roomId = await partner.createRoom({ name: room, invite: [user.userId] });
  await sofja.page.getByRole('button', { name: new RegExp(room) }).click();
  await sofja.button(en.rooms.accept).click();
  await partner.member(roomId, user.userId);
  await partner.say(roomId, received);
  await sofja.openRoom(room);
  await expect(sofja.message(received)).toBeVisible();
  await sofja.say(sent);
  await partner.hears(roomId, sent);

  const markers = [
    room,
    received,
    sent,
    // Synapse's access tokens of this user.
    `syt_${Buffer.from(user.name).toString('base64url')}`,
    recoveryKey,
    recoveryKey.replaceAll(' ', ''),
    user.password,
  ];
  const elsewhere = async (): Promise<string[]> => {
    const inProfile = await filesWith([shell.profileDir], markers, 0);
    const inTemp = await filesWith([tmpdir()], markers, since);
    const { dataDir } = scene.homeserver;
    const isOfHomeserver = (path: string): boolean => dataDir != null && path.startsWith(dataDir);
    return [...inProfile, ...inTemp.filter((path) => !isOfHomeserver(path))];
  };
  await test.step('while it runs', async () => {
    expect(await elsewhere()).toEqual([]);
  });
  await test.step('after it was killed', async () => {
    await shell.restart('SIGKILL');
    await sofja.openRoom(room);
    expect(await elsewhere()).toEqual([]);
  });
});

import { cp, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { converse, readMessage } from '../keys/conversation';
import { useDevices } from '../keys/devices';
import { setUpByKey } from '../keys/setup-by';

const devices = useDevices();
const folder = 'key-snapshots';

describe('a snapshot', () => {
  it('holds every key in a file that tells nothing, for its owner only', async () => {
    const laptop = await devices.signIn();
    const [sent] = await converse(laptop, 1, 2);
    await setUpByKey(laptop);
    expect(await laptop.call('snapshots.make', {})).toEqual({ keys: 2 });
    const [listed] = await laptop.call('snapshots.list', {});
    expect(listed).toMatchObject({ keys: 2, recoverable: true });
    const file = join(laptop.profile.dir, folder, listed!.id);
    expect((await readFile(file)).includes(sent!.roomId)).toBe(false);
    if (process.platform !== 'win32') expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('keeps the last five', async () => {
    const laptop = await devices.signIn();
    await converse(laptop, 1, 1);
    for (let index = 0; index < 7; index += 1) await laptop.call('snapshots.make', {});
    const listed = await laptop.call('snapshots.list', {});
    expect(listed).toHaveLength(5);
    const times = listed.map(({ madeAt }) => madeAt);
    expect(times).toEqual([...times].sort((one, other) => other - one));
    expect(await readdir(join(laptop.profile.dir, folder))).toHaveLength(5);
  });

  it('is not taken for none where the folder can’t be read', async () => {
    const laptop = await devices.signIn();
    await writeFile(join(laptop.profile.dir, folder), 'not a folder');
    await expect(laptop.call('snapshots.list', {})).rejects.toMatchObject({ code: 'disk_error' });
  });

  it('that is being written is whole before the store is closed', async () => {
    const laptop = await devices.signIn();
    await converse(laptop, 1, 1);
    await laptop.call('snapshots.make', {});
    const made = laptop.call('snapshots.make', {}).catch((error: unknown) => error);
    await readdir(laptop.profile.dir);
    await laptop.stop();
    const before = await readdir(join(laptop.profile.dir, folder));
    await made;
    expect(await readdir(join(laptop.profile.dir, folder))).toEqual(before);
    for (const name of before) expect(name).toMatch(/^\d+\.hfkeys$/);
  });

  it('of this store is read back without a question', async () => {
    const laptop = await devices.signIn();
    await converse(laptop, 1, 1);
    await laptop.call('snapshots.make', {});
    const [listed] = await laptop.call('snapshots.list', {});
    const restarted = await devices.restart(laptop);
    expect(await restarted.call('snapshots.readBack', { id: listed!.id })).toEqual({ keys: 1 });
  });

  it('of another store opens with the recovery key of then, and with nothing else', async () => {
    const laptop = await devices.signIn();
    const sent = await converse(laptop, 1, 2);
    const recoveryKey = await setUpByKey(laptop);
    await laptop.call('snapshots.make', {});
    const [listed] = await laptop.call('snapshots.list', {});
    const anew = await devices.signIn();
    await mkdir(join(anew.profile.dir, folder), { recursive: true });
    await cp(join(laptop.profile.dir, folder), join(anew.profile.dir, folder), { recursive: true });

    const { id } = listed!;
    await expect(anew.call('snapshots.readBack', { id })).rejects.toMatchObject({
      code: 'snapshot_locked',
    });
    const secret = 'EsTc vXkp 3Yyd Wm4R gqKJ 8uHs Dz2f Ab7N tPje 6CVo LhMw 9xQB';
    await expect(anew.call('snapshots.readBack', { id, secret })).rejects.toHaveProperty('code');
    expect(await readMessage(anew, sent[0]!)).toBeNull();
    await anew.call('snapshots.readBack', { id, secret: recoveryKey });
    for (const message of sent) expect(await readMessage(anew, message)).toBe(message.text);
  });

  it('that was damaged imports nothing', async () => {
    const laptop = await devices.signIn();
    await converse(laptop, 1, 1);
    await laptop.call('snapshots.make', {});
    const [listed] = await laptop.call('snapshots.list', {});
    const file = join(laptop.profile.dir, folder, listed!.id);
    const bytes = await readFile(file);
    bytes[bytes.length - 1] = bytes.at(-1)! ^ 1;
    await writeFile(file, bytes);
    await expect(laptop.call('snapshots.readBack', { id: listed!.id })).rejects.toMatchObject({
      code: 'snapshot_locked',
    });
  });
});

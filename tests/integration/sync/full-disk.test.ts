/** A real file system that is really full. Only root can mount one; elsewhere this is not run. */
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startEngine, type EngineProfile } from '../../support/engine/start-engine';
import { bodies } from '../timeline/content';
import { readable, sayWithFreshKey, startWatched, watchRoom } from './conversation';
import { leftBehind } from './databases';

let disk = '';

beforeEach((context) => {
  disk = mkdtempSync(join(tmpdir(), 'holdfast-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', disk], { stdio: 'pipe' });
  } catch (error) {
    rmSync(disk, { recursive: true });
    disk = '';
    context.skip(`no file system can be mounted here: ${String(error).split('\n').at(-1)}`);
  }
});

afterEach(() => {
  if (disk === '') return;
  execFileSync('umount', ['--lazy', disk]);
  rmSync(disk, { recursive: true });
});

function profileOnDisk(): EngineProfile {
  return { dir: disk, storeKey: randomBytes(32) };
}

/** Leaves no free block; gives the way to free them again. */
function fill(): () => void {
  const ballast = join(disk, 'ballast');
  writeFileSync(ballast, '');
  for (;;) {
    const { bavail, bsize } = statfsSync(disk);
    if (bavail === 0) return () => rmSync(ballast);
    writeFileSync(ballast, Buffer.alloc(bavail * bsize), { flag: 'a' });
  }
}

/** So many that the write-ahead log can't take them in the blocks it has. */
const messages = Array.from({ length: 12 }, (_, n) => `message ${n}`);

describe('a disk that is full while keys arrive', () => {
  it('loses none of them, once there is space again', async () => {
    await using conversation = await startWatched(profileOnDisk());
    const { ada, ben, roomId, timeline } = conversation;
    const free = fill();
    for (const body of messages) await sayWithFreshKey(ben, roomId, body);
    const { state } = await ada.storage.waitFor((storage) => storage.state === 'failing');
    expect(state).toBe('failing');
    expect(ada.storage.value).toEqual({ state: 'failing', code: 'disk_full' });
    free();
    await ada.storage.waitFor((storage) => storage.state === 'ok');
    await readable(timeline, 'before', ...messages);
    expect(bodies(timeline.ordered)).toEqual(['before', ...messages]);
  });

  it('loses none of them where the app is killed before there is space', async () => {
    await using conversation = await startWatched(profileOnDisk());
    const { ada, ben, roomId } = conversation;
    const free = fill();
    for (const body of messages) await sayWithFreshKey(ben, roomId, body);
    await ada.storage.waitFor((storage) => storage.state === 'failing');
    const profile = leftBehind(ada.profile);
    await ada.stop();
    free();

    await using restarted = await startEngine({ profile });
    const timeline = watchRoom(restarted, roomId);
    await readable(timeline, 'before', ...messages);
    expect(bodies(timeline.ordered)).toEqual(['before', ...messages]);
    timeline.stop();
    rmSync(profile.dir, { recursive: true });
  });
});

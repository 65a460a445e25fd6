import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AlreadyOpenError } from '../../../main/shell/already-open';
import { lockInstance } from '../../../main/shell/chromium/instance-lock';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-lock-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('the second start hands its arguments over and ends', async () => {
  const told = Promise.withResolvers<readonly string[]>();
  const lock = await lockInstance(folder, [], told.resolve);
  await expect(lockInstance(folder, ['matrix:r/ä'], () => {})).rejects.toThrow(AlreadyOpenError);
  expect(await told.promise).toEqual(['matrix:r/ä']);
  await lock.release();
});

test('a released profile can be opened again', async () => {
  const first = await lockInstance(folder, [], () => {});
  await first.release();
  const second = await lockInstance(folder, [], () => {});
  await second.release();
});

test('profiles don’t know of each other', async () => {
  const one = await lockInstance(join(folder, 'one'), [], () => {});
  const two = await lockInstance(join(folder, 'two'), [], () => {});
  await Promise.all([one.release(), two.release()]);
});

test('what a killed process left is no lock', async () => {
  const socket = join(folder, 'shell', 'instance.sock');
  await mkdir(join(folder, 'shell'));
  const script = `require('node:net').createServer().listen(process.argv[1], () => process.kill(process.pid, 'SIGKILL'))`;
  expect(spawnSync(process.execPath, ['-e', script, socket]).signal).toBe('SIGKILL');
  expect(existsSync(socket)).toBe(true);

  const lock = await lockInstance(folder, [], () => {});
  await expect(lockInstance(folder, [], () => {})).rejects.toThrow(AlreadyOpenError);
  await lock.release();
});

test('a profile in a folder too deep for a socket is locked as well', async () => {
  const deep = join(folder, 'deep'.repeat(20), 'deeper'.repeat(10));
  const lock = await lockInstance(deep, [], () => {});
  await expect(lockInstance(deep, [], () => {})).rejects.toThrow(AlreadyOpenError);
  await lock.release();
});

test.each(['', 'no JSON', '{}', '[1]', 'null'])('%j are no arguments', async (text) => {
  const told: unknown[] = [];
  const lock = await lockInstance(folder, [], (args) => told.push(args));
  const socket = connect(join(folder, 'shell', 'instance.sock'));
  socket.end(text);
  socket.resume();
  await once(socket, 'close');
  expect(told).toEqual([]);
  await lock.release();
});

import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PolicyFolder } from '../../../main/policy/policy-folder';

let parent: string;
let folder: string;
const me = process.getuid!();
const rule = JSON.stringify({ mandatory: { keyBackupRequired: true } });

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'holdfast-policy-'));
  folder = join(parent, 'policies');
  await mkdir(folder, { mode: 0o755 });
});
afterEach(() => rm(parent, { recursive: true, force: true }));

async function put(name: string, text: string, mode = 0o644): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  await chmod(path, mode);
  return path;
}

const read = () => new PolicyFolder(folder, me).read();

describe('the folder of policy files', () => {
  it('gives what its files set, in the order of their names', async () => {
    const second = await put('20-room.json', '{"recommended":{"drillInterval":30}}');
    const first = await put('10-all.json', rule);
    await put('notes.txt', 'not a policy');
    expect(await read()).toEqual({
      layers: [
        { from: first, mandatory: { keyBackupRequired: true }, recommended: {} },
        { from: second, mandatory: {}, recommended: { drillInterval: 30 } },
      ],
      problems: [],
    });
  });

  it('sets nothing where it does not exist', async () => {
    await rm(parent, { recursive: true });
    expect(await read()).toEqual({ layers: [], problems: [] });
  });

  it.each([
    ['others can write', 0o646],
    ['its group can write', 0o664],
  ])('refuses a file that %s', async (_, mode) => {
    const from = await put('a.json', rule, mode);
    expect(await read()).toEqual({ layers: [], problems: [{ from, reason: 'unsafe' }] });
  });

  it('refuses a file of somebody else', async () => {
    const from = await put('a.json', rule);
    const reading = await new PolicyFolder(folder, me + 1).read();
    // The folder itself is theirs already.
    expect(reading).toEqual({ layers: [], problems: [{ from: folder, reason: 'unsafe' }] });
    expect(from).toContain(folder);
  });

  it('refuses a link, even to a file that would be in order', async () => {
    const target = join(parent, 'elsewhere.json');
    await writeFile(target, rule, { mode: 0o644 });
    const from = join(folder, 'a.json');
    await symlink(target, from);
    expect(await read()).toEqual({ layers: [], problems: [{ from, reason: 'unsafe' }] });
  });

  it('refuses a pipe without waiting for its other end', async () => {
    const from = join(folder, 'a.json');
    await promisify(execFile)('mkfifo', ['-m', '644', from]);
    expect(await read()).toEqual({ layers: [], problems: [{ from, reason: 'unsafe' }] });
  });

  it.each([
    ['itself', () => folder],
    ['the folder above', () => parent],
  ])('is refused where others can write in %s', async (_, which) => {
    await put('a.json', rule);
    await chmod(which(), 0o777);
    expect(await read()).toEqual({ layers: [], problems: [{ from: folder, reason: 'unsafe' }] });
  });

  it('is refused where it is a link', async () => {
    await put('a.json', rule);
    const link = join(parent, 'link');
    await symlink(folder, link);
    const { layers, problems } = await new PolicyFolder(link, me).read();
    expect({ layers, problems }).toEqual({
      layers: [],
      problems: [{ from: link, reason: 'unsafe' }],
    });
  });

  it.each([
    ['no JSON', '{"mandatory":'],
    ['a list', '[]'],
    ['another layout', '{"keyBackupRequired":true}'],
    ['far too much', `{"mandatory":{"x":"${'x'.repeat(300_000)}"}}`],
  ])('says of %s that it is no policy file, and reads the others', async (_, text) => {
    const from = await put('a.json', text);
    await put('b.json', rule);
    const { layers, problems } = await read();
    expect(problems).toEqual([{ from, reason: 'malformed' }]);
    expect(layers).toHaveLength(1);
  });
});

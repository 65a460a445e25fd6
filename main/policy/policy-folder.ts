/**
 * Policy files of Linux: `*.json` in a folder of the administrator's. A file counts only where
 * nobody else could have written it; it is checked and read through one descriptor, so that it can't
 * be exchanged in between.
 */
import { constants, type Stats } from 'node:fs';
import { open, readdir, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { PolicyProblem } from '../../preload/model/policy';
import type { PolicyLayer, PolicyReading, PolicySource } from './policy-source';

const largestFile = 262_144;
const writableByOthers = 0o022;
const root = 0;

const values = z.record(z.string(), z.unknown()).default({});
const policyFile = z.strictObject({ mandatory: values, recommended: values });

class Refused extends Error {
  constructor(readonly reason: PolicyProblem['reason']) {
    super(reason);
  }
}

export class PolicyFolder implements PolicySource {
  readonly #folder: string;
  readonly #owner: number;

  /**
   * @param folder absolute; it need not exist
   * @param owner the user id of the administrator
   */
  constructor(folder: string, owner = root) {
    this.#folder = folder;
    this.#owner = owner;
  }

  async read(): Promise<PolicyReading> {
    const names = await this.#fileNames().catch(refusalOf);
    if (names instanceof Refused) {
      return { layers: [], problems: [{ from: this.#folder, reason: names.reason }] };
    }
    const layers: PolicyLayer[] = [];
    const problems: PolicyProblem[] = [];
    for (const name of names) {
      const from = join(this.#folder, name);
      const layer = await readLayer(from, this.#owner).catch(refusalOf);
      if (layer instanceof Refused) problems.push({ from, reason: layer.reason });
      else layers.push(layer);
    }
    return { layers, problems };
  }

  /** None where there is no such folder; whoever may write in it, or above it, may set policy. */
  async #fileNames(): Promise<readonly string[]> {
    for (const folder of [dirname(this.#folder), this.#folder]) {
      if (!(await isSafeFolder(folder, this.#owner))) return [];
    }
    const names = await readdir(this.#folder);
    return names.filter((name) => name.endsWith('.json') && !name.startsWith('.')).sort();
  }
}

/** False where there is no such folder. @throws {Refused} where others may write in it */
async function isSafeFolder(folder: string, owner: number): Promise<boolean> {
  let handle: FileHandle;
  try {
    handle = await open(folder, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
  try {
    requireSafe(await handle.stat(), owner);
    return true;
  } finally {
    await handle.close();
  }
}

async function readLayer(path: string, owner: number): Promise<PolicyLayer> {
  // Not waiting for the other end of what may be a pipe.
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const handle = await open(path, flags);
  try {
    const stats = await handle.stat();
    requireSafe(stats, owner);
    if (!stats.isFile()) throw new Refused('unsafe');
    if (stats.size > largestFile) throw new Refused('malformed');
    return { from: path, ...parse(await handle.readFile('utf8')) };
  } finally {
    await handle.close();
  }
}

function requireSafe({ uid, mode }: Stats, owner: number): void {
  if (uid !== owner || (mode & writableByOthers) !== 0) throw new Refused('unsafe');
}

function parse(text: string): z.output<typeof policyFile> {
  try {
    return policyFile.parse(JSON.parse(text.replace(/^\uFEFF/u, '')));
  } catch {
    throw new Refused('malformed');
  }
}

function refusalOf(error: unknown): Refused {
  if (error instanceof Refused) return error;
  const code = codeOf(error);
  // A link, or no folder where one has to be.
  return new Refused(code === 'ELOOP' || code === 'ENOTDIR' ? 'unsafe' : 'unreadable');
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

/** Makes the databases that engines of this process open fail as a disk does. */
import Database from 'better-sqlite3-multiple-ciphers';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { EngineProfile } from '../../support/engine/start-engine';

interface Opened extends Database {
  readonly name: string;
  readonly readonly: boolean;
}

type DatabaseFile = 'crypto.db' | 'cache.db';

const opened = new Set<Opened>();

type SetKey = (this: Opened, bytes: Buffer) => number;
const key: SetKey = Reflect.get<object, 'key'>(Database.prototype, 'key');
Reflect.set(Database.prototype, 'key', function (this: Opened, bytes: Buffer): number {
  opened.add(this);
  return key.call(this, bytes);
});

/** The connection an engine works with. */
function connection(profile: EngineProfile, file: DatabaseFile): Opened {
  const found = [...opened].find(
    ({ name, open, readonly }) =>
      open && !readonly && dirname(name) === profile.dir && basename(name) === file,
  );
  if (found === undefined) throw new Error(`${file} is not open`);
  return found;
}

/** Has SQLite refuse every write, until the function returned is called. */
export function refuseWrites(profile: EngineProfile, file: DatabaseFile): () => void {
  const database = connection(profile, file);
  database.pragma('query_only = ON');
  return () => void database.pragma('query_only = OFF');
}

/** Has SQLite find the disk full when the file would have to grow. */
export function refuseGrowth(profile: EngineProfile, file: DatabaseFile): () => void {
  const database = connection(profile, file);
  const pages = Number(database.pragma('page_count', { simple: true }));
  database.pragma(`max_page_count = ${pages}`);
  return () => void database.pragma(`max_page_count = ${2 ** 31}`);
}

/** What a process that is killed now leaves behind, as a profile of its own. */
export function leftBehind({ dir, storeKey }: EngineProfile): EngineProfile {
  const copy = mkdtempSync(join(tmpdir(), 'holdfast-killed-'));
  cpSync(dir, copy, { recursive: true });
  return { dir: copy, storeKey };
}

/** Changes every page but the first in the file, and has SQLite forget what it had read. */
export function damage(profile: EngineProfile, file: DatabaseFile): void {
  const database = connection(profile, file);
  database.pragma('wal_checkpoint(TRUNCATE)');
  damageFile(profile, file);
  database.pragma('cache_size = 0');
  database.pragma('shrink_memory');
}

/** Changes the pages from `first` of them on, a share of the file, to `last`. */
export function damageFile(profile: EngineProfile, file: DatabaseFile, first = 0, last = 1): void {
  const bytes = readFileSync(join(profile.dir, file));
  const from = Math.max(2 * 4096, Math.floor(bytes.length * first));
  for (let at = from; at < bytes.length * last; at += 97) bytes[at] = (bytes[at] ?? 0) ^ 0x55;
  writeFileSync(join(profile.dir, file), bytes);
}

/** What of a database is on disk: the file's bytes, and those of its write-ahead log. */
export function written({ dir }: EngineProfile, file: DatabaseFile): readonly string[] {
  const files = [file, `${file}-wal`].map((name) => join(dir, name)).filter(existsSync);
  return files
    .map((path) => readFileSync(path))
    .filter(({ length }) => length > 0)
    .map((bytes) => createHash('sha256').update(bytes).digest('hex'));
}

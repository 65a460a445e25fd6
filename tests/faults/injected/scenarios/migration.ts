/** A new version of the tables, and the write-ahead log going back into the file. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { openDatabase } from '../../../../main/store/open-database';
import { connectTo, integrityOf, storeKey } from '../../support/profile';
import { lostOf } from '../generations';
import type { Finding, Place, Scenario } from '../scenario';

const FIRST = 'CREATE TABLE kept (id INTEGER PRIMARY KEY, generation INTEGER, body BLOB)';
const SECOND = `
CREATE TABLE moved (id INTEGER PRIMARY KEY, body BLOB);
INSERT INTO moved SELECT id, body FROM kept;
CREATE INDEX moved_body ON moved (body)
`;
const ROWS = 60;
const fileOf = ({ profileDir }: Place): string => join(profileDir, 'migrated.db');
const options = (migrations: string[]) =>
  ({ applicationId: 77, durability: 'full', migrations }) as const;

async function prepare(place: Place): Promise<void> {
  const database = openDatabase(fileOf(place), storeKey, options([FIRST]));
  const insert = database.prepare('INSERT INTO kept VALUES (?, 0, ?)');
  for (let id = 0; id < ROWS; id += 1) insert.run(id, randomBytes(700));
  database.close();
}

function lookAt(place: Place): { version: number; moved: number; generations: number[] } {
  const database = connectTo(fileOf(place), storeKey);
  try {
    const tables = database.prepare('SELECT name FROM sqlite_schema').pluck().all();
    const moved = tables.includes('moved')
      ? Number(database.prepare('SELECT count(*) FROM moved').pluck().get())
      : 0;
    return {
      version: Number(database.pragma('user_version', { simple: true })),
      moved,
      generations: database
        .prepare('SELECT generation FROM kept ORDER BY id')
        .pluck()
        .all()
        .map(Number),
    };
  } finally {
    database.close();
  }
}

function damage(place: Place): Finding[] {
  return integrityOf(fileOf(place), storeKey).map((detail) => ({ kind: 'damaged', detail }));
}

export const migration: Scenario = {
  name: 'migration of the tables',
  prepare,
  async open(place) {
    return {
      async run(_generation, acknowledge) {
        openDatabase(fileOf(place), storeKey, options([FIRST, SECOND])).close();
        acknowledge('version 2');
      },
      close: () => Promise.resolve(),
    };
  },
  async check(place, acknowledged) {
    const { version, moved, generations } = lookAt(place);
    const findings = damage(place);
    if (generations.length !== ROWS) {
      findings.push({ kind: 'key lost', detail: `${generations.length} rows` });
    }
    if (moved !== (version === 2 ? ROWS : 0)) {
      findings.push({ kind: 'half done', detail: `version ${version}, ${moved} moved` });
    }
    return [...findings, ...lostOf(acknowledged, () => version)];
  },
};

export const checkpoint: Scenario = {
  name: 'checkpoint',
  prepare,
  async open(place) {
    const database = openDatabase(fileOf(place), storeKey, options([FIRST]));
    const update = database.prepare('UPDATE kept SET generation = ?, body = ? WHERE id % 3 = ?');
    return {
      async run(generation, acknowledge) {
        for (let third = 0; third < 3; third += 1) {
          update.run(generation, randomBytes(700), third);
          acknowledge(`third ${third} ${generation}`);
          database.pragma(`wal_checkpoint(${third === 1 ? 'TRUNCATE' : 'FULL'})`);
        }
      },
      async close() {
        database.close();
      },
    };
  },
  async check(place, acknowledged) {
    const findings = damage(place);
    const { generations } = lookAt(place);
    const found = new Map<string, number>();
    for (let third = 0; third < 3; third += 1) {
      const values = generations.filter((_, id) => id % 3 === third);
      found.set(`third ${third}`, Math.min(...values));
      if (new Set(values).size > 1) {
        findings.push({ kind: 'half done', detail: `third ${third}: ${values.join()}` });
      }
    }
    return [...findings, ...lostOf(acknowledged, (subject) => found.get(subject))];
  },
};

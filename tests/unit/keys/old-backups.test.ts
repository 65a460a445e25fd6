import { EventEmitter } from 'node:events';
import { expect, it } from 'vitest';
import type { KeysContext } from '../../../main/engine/keys/keys-context';
import { OldBackups } from '../../../main/engine/keys/repair/old-backups';
import { memoryRecords } from '../../support/memory-records';

/** A session on that store. */
function session(
  records: ReturnType<typeof memoryRecords>,
  userId: string,
  deviceId: string,
): OldBackups {
  const context = {
    client: new EventEmitter(),
    stopped: new AbortController().signal,
    store: { crypto: { records } },
    account: { userId, deviceId },
  };
  return new OldBackups(context as unknown as KeysContext, () => undefined);
}

const backups = ['1', '2', '3', '4', '5'].map((version) => ({ version, key: `key ${version}` }));
const versions = backups.map(({ version }) => version);

it('keeps every backup that was not read, over another sign-in of this person, and of nobody else', () => {
  const records = memoryRecords();
  session(records, '@ada:a', 'LAPTOP').keep(backups);
  const again = session(records, '@ada:a', 'LAPTOPAGAIN');
  expect(again.kept(versions)).toEqual(backups);
  expect(again.wait).toBe(true);
  expect(session(records, '@bob:a', 'LAPTOP').wait).toBe(false);
});

it('keeps one of each backup, with the key that was found last', () => {
  const records = memoryRecords();
  const old = session(records, '@ada:a', 'LAPTOP');
  old.keep(backups);
  old.keep([{ version: '2', key: 'another' }]);
  expect(old.kept(versions)).toHaveLength(5);
  expect(old.kept(['2'])).toEqual([{ version: '2', key: 'another' }]);
});

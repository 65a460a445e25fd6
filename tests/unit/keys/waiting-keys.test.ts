import { expect, it } from 'vitest';
import { waitingKeys } from '../../../main/engine/keys/health/gather-key-facts';
import { RememberedVersion } from '../../../main/engine/keys/health/remembered-version';
import type { BackupVersion } from '../../../main/engine/keys/server/backup-version';
import { memoryRecords } from '../../support/memory-records';

function remembered(version: string | null): RememberedVersion {
  const remembers = new RememberedVersion(memoryRecords(), 'test', 'LAPTOP');
  if (version !== null) remembers.remember(version);
  return remembers;
}

const two = { version: '2' } as BackupVersion;

/** Of 10 keys, 3 wait for the backup in use, which is that version. */
const countedFor = (version: string | null) => ({
  total: 10,
  pending: version === null ? 10 : 3,
  version,
});

it.each([
  ['the account’s backup is in use', '2', '2', two, 0, 3],
  ['the server lacks some that count as uploaded', '2', '2', two, 4, 7],
  ['nothing was uploaded before', '2', null, two, 0, 3],
  ['they count as uploaded to another one', '2', '1', two, 0, 10],
  ['another one is in use', '1', '1', two, 0, 10],
  ['none is in use', null, '2', two, 0, 10],
  ['the one in use is no longer there', '2', '2', null, 0, 10],
  ['there is none', null, null, null, 0, 10],
  ['nobody knows which one there is', '2', '2', 'unknown', 0, 3],
] as const)('keys wait for the backup where %s', (_, inUse, uploadedTo, backup, missing, waits) => {
  const context = { uploadedTo: remembered(uploadedTo), knownBackup: remembered(null) };
  expect(waitingKeys(context, countedFor(inUse), backup, missing)).toBe(waits);
});

it('keys uploaded before that was noted count for the backup that was known', () => {
  const context = { uploadedTo: remembered(null), knownBackup: remembered('1') };
  expect(waitingKeys(context, countedFor('2'), two, 0)).toBe(10);
});

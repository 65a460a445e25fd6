/**
 * Whether the person wants a key backup at all, as account data says it.
 * @see https://github.com/matrix-org/matrix-spec-proposals/pull/4287
 */
import { z } from 'zod';
import type { AccountData } from './account-data';

const type = 'm.key_backup';
/** Read and written for clients from before the proposal. */
const olderType = 'm.org.matrix.custom.backup_disabled';

const preference = z.object({ enabled: z.boolean().optional().catch(undefined) });
const olderPreference = z.object({ disabled: z.boolean().optional().catch(undefined) });

export async function isBackupDisabled(accountData: AccountData): Promise<boolean> {
  const enabled = (await accountData.read(type, preference))?.enabled;
  if (enabled !== undefined) return !enabled;
  return (await accountData.read(olderType, olderPreference))?.disabled ?? false;
}

export async function noteBackupDisabled(accountData: AccountData): Promise<void> {
  await accountData.write(type, { enabled: false });
  await accountData.write(olderType, { disabled: true });
}

export async function noteBackupEnabled(accountData: AccountData): Promise<void> {
  await accountData.write(type, { enabled: true });
  const older = await accountData.read(olderType, olderPreference);
  if (older?.disabled === true) await accountData.write(olderType, { disabled: false });
}

/** Who opens the backup with the recovery key wants it: where it was switched off, it is on again. */
export async function noteBackupWanted(accountData: AccountData): Promise<void> {
  if (await isBackupDisabled(accountData)) await noteBackupEnabled(accountData);
}

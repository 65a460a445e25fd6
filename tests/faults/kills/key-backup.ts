import type { AppProcess } from './app-process';

/** Has a recovery key made and proves it as a person would; nothing is on the server yet. */
export async function provenRecoveryKey(app: AppProcess): Promise<string> {
  const { recoveryKey } = await app.call('setup.begin', { method: 'key' });
  await app.call('setup.prove', { by: 'text', text: recoveryKey });
  return recoveryKey;
}

/** The whole first setup. @returns the recovery key */
export async function setUpKeyBackup(app: AppProcess): Promise<string> {
  const recoveryKey = await provenRecoveryKey(app);
  await app.call('setup.secure', {});
  return recoveryKey;
}

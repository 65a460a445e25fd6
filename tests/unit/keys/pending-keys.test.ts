import type { MatrixClient } from 'matrix-js-sdk';
import { describe, expect, it } from 'vitest';
import { machineMethods } from '../../../main/engine/keys/olm-machine';
import { PendingKeys } from '../../../main/engine/keys/server/pending-keys';
import type { Homeserver } from '../../../main/engine/keys/server/homeserver';

/** A machine that has nothing to upload, as it has without a backup in use. */
function idleClient(activeVersion: string | null): MatrixClient {
  const machine = Object.fromEntries(
    machineMethods.map((method) => [method, async () => undefined]),
  );
  const getActiveSessionBackupVersion = async (): Promise<string | null> => activeVersion;
  const crypto = { olmMachine: machine, getActiveSessionBackupVersion };
  return { getCrypto: () => crypto } as unknown as MatrixClient;
}

describe('uploading pending keys', () => {
  const upload = (activeVersion: string | null): Promise<void> =>
    new PendingKeys(idleClient(activeVersion), {} as Homeserver).upload(async () => undefined);

  it('is at its end where nothing is left for the backup in use', async () => {
    await expect(upload('1')).resolves.toBeUndefined();
  });

  it('is not where no backup is in use (I3)', async () => {
    await expect(upload(null)).rejects.toMatchObject({ code: 'not_ready' });
  });
});

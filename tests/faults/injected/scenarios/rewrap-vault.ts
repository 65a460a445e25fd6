/** The recovery key changes, and with it the wrap by which it opens the store. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { encodeRecoveryKey } from '../../../../preload/rules/recovery-key';
import { readVaultFile } from '../../../../main/vault/vault-file';
import { openStore } from '../../support/profile';
import { openVault, vaultOf } from '../../support/vault';
import { lostOf } from '../generations';
import type { Finding, Scenario } from '../scenario';

const recoveryKey = (generation: number): Uint8Array<ArrayBuffer> =>
  new Uint8Array(32).fill(generation + 1);

export const rewrapVault: Scenario = {
  name: 'a new wrap in the vault',
  storeKey: openVault,
  async prepare(place) {
    const vault = vaultOf(place);
    await vault.unlock();
    await vault.recoveryKeyKnown({ keyId: '0', privateKey: recoveryKey(0), passphrase: null });
    openStore(place.profileDir, await openVault(place)).close();
  },
  async open(place) {
    const vault = vaultOf(place);
    await vault.unlock();
    return {
      async run(generation, acknowledge) {
        await vault.recoveryKeyKnown({
          keyId: String(generation),
          privateKey: recoveryKey(generation),
          passphrase: null,
        });
        acknowledge(`wrap ${generation}`);
      },
      async close() {
        await vault.lock();
      },
    };
  },
  async check(place, acknowledged) {
    const right = Buffer.from(await openVault(place));
    const onDisk = await readVaultFile(place.profileDir);
    const generation = Number(onDisk?.file.wraps.recovery?.keyId);
    // On another computer: only the recovery key is there.
    const besideDir = join(place.besideDir, 'another keychain');
    rmSync(besideDir, { recursive: true, force: true });
    mkdirSync(besideDir);
    const elsewhere = vaultOf({ ...place, besideDir });
    await elsewhere.unlock().catch(() => undefined);
    await elsewhere.openByRecoveryKey(encodeRecoveryKey(recoveryKey(generation)));
    const findings: Finding[] = right.equals(elsewhere.storeKey ?? new Uint8Array())
      ? []
      : [{ kind: 'key lost', detail: 'the recovery key opens another store' }];
    return [...findings, ...lostOf(acknowledged, () => generation)];
  },
};

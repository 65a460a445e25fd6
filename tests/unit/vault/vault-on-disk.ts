/** A vault in a folder of its own, with a keychain that does what a test says. */
import { createHash, randomFillSync } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { VaultState } from '../../../preload/model/app';
import { encodeRecoveryKey } from '../../../preload/rules/recovery-key';
import type { ProvenRecoveryKey } from '../../../main/engine/protocol';
import { keyFromPhrase } from '../../../main/recovery-key/phrase-key';
import { ValueSource } from '../../../main/topics/value-source';
import { closedVault, Vault } from '../../../main/vault/vault';
import { KeychainInMemory } from './keychain-in-memory';

export const goodPassphrase = 'violet harbour, seven quiet anvils';

export class VaultOnDisk implements AsyncDisposable {
  readonly keychain = new KeychainInMemory();
  readonly state = new ValueSource<VaultState>(closedVault);

  private constructor(readonly profileDir: string) {}

  static async make(): Promise<VaultOnDisk> {
    return new VaultOnDisk(await mkdtemp(join(tmpdir(), 'holdfast-vault-')));
  }

  /** As the app's next start finds it. */
  vault(): Vault {
    this.state.set(closedVault);
    const { profileDir, keychain, state } = this;
    return new Vault({ profileDir, keychain, state, storeExists: () => this.#storeExists() });
  }

  /** What the engine does once the vault is open. */
  async makeStore(): Promise<void> {
    await writeFile(join(this.profileDir, 'crypto.db'), 'all the keys');
  }

  async #storeExists(): Promise<boolean> {
    return (await readdir(this.profileDir)).includes('crypto.db');
  }

  /** The only entry there is. */
  get entry(): string {
    const [name] = this.keychain.entries.keys();
    if (name === undefined) throw new Error('The keychain is empty');
    return name;
  }

  async content(name = 'vault.json'): Promise<Record<string, unknown>> {
    return JSON.parse(await readFile(join(this.profileDir, name), 'utf8')) as never;
  }

  async write(name: string, content: string): Promise<void> {
    await writeFile(join(this.profileDir, name), content);
  }

  /** Everything on disk and in the keychain, to compare. */
  async fingerprint(): Promise<Record<string, string>> {
    const names = await readdir(this.profileDir);
    const files = names.sort().map(async (name) => {
      const bytes = await readFile(join(this.profileDir, name));
      return [name, createHash('sha256').update(bytes).digest('hex')] as const;
    });
    return Object.fromEntries([...(await Promise.all(files)), ...this.keychain.entries]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.profileDir, { recursive: true, force: true });
  }
}

/** A recovery key as the engine hands it over, and as the person has it. */
export function recoveryKey(): { readonly text: string; proven(): ProvenRecoveryKey } {
  const bytes = randomFillSync(new Uint8Array(32));
  return {
    text: encodeRecoveryKey(bytes),
    proven: () => ({ keyId: 'first', privateKey: bytes.slice(), passphrase: null }),
  };
}

export async function phraseKey(phrase: string): Promise<ProvenRecoveryKey> {
  const passphrase = { salt: 'of the sea', iterations: 1_000 };
  const privateKey = await keyFromPhrase(phrase.normalize('NFC'), {
    algorithm: 'm.pbkdf2',
    ...passphrase,
  });
  return { keyId: 'by phrase', privateKey, passphrase };
}

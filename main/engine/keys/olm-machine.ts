/**
 * The one place that reaches behind matrix-js-sdk's public API. Its crypto API can neither count the
 * keys that wait for backup, nor upload them now rather than within ten seconds, nor finish
 * publishing an identity whose upload was interrupted, nor import backed-up keys batch by batch, nor look at a
 * request for verification a second time, nor stop uploading without deleting: the crypto library's machine beneath it can, and
 * is itself a public API. Should a release of the SDK keep it elsewhere, this fails at once and by
 * name.
 */
import type { OlmMachine } from '@matrix-org/matrix-sdk-crypto-wasm';
import type { MatrixClient } from 'matrix-js-sdk';
import type { CryptoApi } from 'matrix-js-sdk/lib/crypto-api/index.js';

export function cryptoOf(client: MatrixClient): CryptoApi {
  const crypto = client.getCrypto();
  if (crypto === undefined) throw new Error('The client has no crypto');
  return crypto;
}

export function olmMachineOf(client: MatrixClient): OlmMachine {
  const machine: unknown = Reflect.get(cryptoOf(client), 'olmMachine');
  if (!isOlmMachine(machine)) throw new Error('matrix-js-sdk keeps its OlmMachine elsewhere now');
  return machine;
}

/**
 * Lets the SDK upload nothing more until it looks at the backup again. Its public ways to that delete
 * the backup.
 */
export async function stopUploading(client: MatrixClient): Promise<void> {
  const manager: unknown = Reflect.get(cryptoOf(client), 'backupManager');
  const stop: unknown =
    typeof manager === 'object' && manager !== null && Reflect.get(manager, 'disableKeyBackup');
  if (typeof stop !== 'function') throw new Error('matrix-js-sdk stops uploading elsewhere now');
  await (stop.call(manager) as Promise<void>);
}

/** What the engine asks of the machine beyond the SDK's own interface. */
export const machineMethods = [
  'backupRoomKeys',
  'bootstrapCrossSigning',
  'crossSigningStatus',
  'exportCrossSigningKeys',
  'importBackedUpRoomKeys',
  'importCrossSigningKeys',
  'markRequestAsSent',
  'receiveSyncChangesMsc4186',
  'roomKeyCounts',
  'sign',
] as const satisfies readonly (keyof OlmMachine)[];

function isOlmMachine(machine: unknown): machine is OlmMachine {
  if (typeof machine !== 'object' || machine === null) return false;
  return machineMethods.every((method) => typeof Reflect.get(machine, method) === 'function');
}

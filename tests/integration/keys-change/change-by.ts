/** Going through changes as a person would, and what must hold after each. */
import { expect } from 'vitest';
import type { TestEngine } from '../../support/engine/start-engine';
import {
  matrixError,
  type Intercept,
  type InterceptedRequest,
} from '../../support/engine/test-fetch';
import { readMessage, type Sent } from '../keys/conversation';
import type { Devices } from '../keys/devices';

/** Presents and proves a new recovery key; `setup.secure` then begins the change. */
export async function newKeyProven(engine: TestEngine, removeOld = false): Promise<string> {
  const made = await engine.call('keyChange.begin', {
    operation: 'new_key',
    choice: { method: 'key' },
    removeOld,
  });
  const recoveryKey = made!.recoveryKey;
  await engine.call('setup.prove', { by: 'text', text: recoveryKey });
  return recoveryKey;
}

/** Everything a change asks or tells the server; syncing and the like pass. */
export function isPartOfChange({ method, url }: InterceptedRequest): boolean {
  return (
    /\/account_data\/m\.(secret_storage|megolm_backup|cross_signing|key_backup|org\.matrix)/.test(
      url.pathname,
    ) ||
    url.pathname.includes('/room_keys/') ||
    url.pathname.endsWith('/device_signing/upload') ||
    (method === 'POST' && url.pathname.endsWith('/signatures/upload'))
  );
}

export const isWrite = ({ method }: InterceptedRequest): boolean => method !== 'GET';

export interface Cut {
  readonly intercept: Intercept;
  /** True once a request was held back. */
  readonly reached: () => boolean;
  /** Resolves when it was. */
  readonly cut: Promise<undefined>;
}

/**
 * Lets the first `count` writes of the change pass, and nothing of it after that, as if the power
 * went: with `answered` false the last one reaches the server, and its answer does not come.
 */
export function cutAfter(count: number, answered = true): Cut {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  let writes = 0;
  let isCut = false;
  return {
    reached: () => isCut,
    cut: promise,
    async intercept(request, onward) {
      if (!isPartOfChange(request)) return onward();
      if (isCut) return matrixError(500, 'M_UNKNOWN');
      if (!isWrite(request)) return onward();
      writes += 1;
      if (writes <= count && (answered || writes < count)) return onward();
      isCut = true;
      if (writes <= count) await onward();
      resolve(undefined);
      return matrixError(500, 'M_UNKNOWN');
    },
  };
}

/** A fresh device reads every message with that key, having nothing else. */
export async function opensEverything(
  devices: Devices,
  recoveryKey: string,
  sent: readonly Sent[],
): Promise<void> {
  const fresh = await devices.signIn();
  await fresh.call('restore.begin', { secret: recoveryKey });
  await fresh.restore.waitFor(({ step }) => step === 'done');
  for (const message of sent) expect(await readMessage(fresh, message)).toBe(message.text);
  await fresh.stop();
}

/** True where that key does not open the account any more, or not yet. */
export async function isRefused(devices: Devices, recoveryKey: string): Promise<boolean> {
  const fresh = await devices.signIn();
  try {
    await fresh.call('restore.begin', { secret: recoveryKey });
    return false;
  } catch (error) {
    // Storage still describes a key whose secrets were removed: then it opens nothing.
    expect(error).toMatchObject({
      code: expect.stringMatching(/^(key_wrong|backup_key_mismatch)$/) as string,
    });
    return true;
  } finally {
    await fresh.stop();
  }
}

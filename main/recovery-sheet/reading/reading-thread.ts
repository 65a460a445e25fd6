/**
 * A thread that reads files people choose as their recovery sheet. Such a file may be anything: what
 * it does to the decoders stays here, and ends with this thread.
 */
import { parentPort } from 'node:worker_threads';
import type { BridgeError } from '../../../preload/errors';
import { toBridgeError } from '../../holdfast-error';
import { keyInFile } from './key-in-file';

export interface ToReadingThread {
  readonly bytes: Uint8Array;
  readonly kind: 'pdf' | 'png' | 'jpeg';
}

export type FromReadingThread = { readonly key: string } | { readonly error: BridgeError };

parentPort?.once('message', ({ bytes, kind }: ToReadingThread) => {
  const answer = (reply: FromReadingThread): void => parentPort?.postMessage(reply);
  keyInFile(bytes, kind).then(
    (key) => answer({ key }),
    (error: unknown) => answer({ error: toBridgeError(error) }),
  );
});

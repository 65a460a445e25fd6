/**
 * A thread that reads files people choose as their recovery sheet. Such a file may be anything: what
 * it does to the decoders stays here, and ends with this thread.
 */
import { parentPort } from 'node:worker_threads';
import type { BridgeError } from '../../../preload/errors';
import { toBridgeError } from '../../holdfast-error';
import { codeInPicture, keyInFile } from './key-in-file';

export type ToReadingThread =
  | {
      readonly wanted: 'key';
      readonly bytes: Uint8Array<ArrayBuffer>;
      readonly kind: 'pdf' | 'png' | 'jpeg';
    }
  | {
      readonly wanted: 'code';
      readonly bytes: Uint8Array<ArrayBuffer>;
      readonly kind: 'png' | 'jpeg';
    };

export type FromReadingThread =
  | { readonly key: string }
  | { readonly code: Uint8Array<ArrayBuffer> }
  | { readonly error: BridgeError };

parentPort?.once('message', (file: ToReadingThread) => {
  const answer = (reply: FromReadingThread): void => parentPort?.postMessage(reply);
  read(file).then(answer, (error: unknown) => answer({ error: toBridgeError(error) }));
});

async function read(file: ToReadingThread): Promise<FromReadingThread> {
  if (file.wanted === 'key') return { key: await keyInFile(file.bytes, file.kind) };
  return { code: codeInPicture(file.bytes, file.kind) };
}

/** A thread that decrypts sessions of a backup: so many of them would keep the engine from its work. */
import { parentPort } from 'node:worker_threads';
import { releaseBytes } from '../../../link/release-bytes';
import { openDecryptor, type SessionDecryptor } from './decrypt-session';
import { decryptSlice, type DecryptedSlice } from './decrypt-slice';

export type ToThread =
  { readonly privateKey: Uint8Array } | { readonly id: number; readonly members: Uint8Array };

/** Null where the slice is no JSON. */
export interface FromThread {
  readonly id: number;
  readonly decrypted: DecryptedSlice | null;
}

// Node tells key objects from bytes by an error that it catches: its trace, of which nobody hears,
// costs more than half of decrypting a session.
Error.stackTraceLimit = 0;

let decryptor: Promise<SessionDecryptor> | null = null;

parentPort?.on('message', (message: ToThread) => {
  if ('privateKey' in message) decryptor = opened(message.privateKey);
  else void answer(message.id, message.members);
});

async function opened(privateKey: Uint8Array): Promise<SessionDecryptor> {
  try {
    return await openDecryptor(privateKey);
  } finally {
    // This thread's copy.
    privateKey.fill(0);
  }
}

async function answer(id: number, members: Uint8Array): Promise<void> {
  if (decryptor === null) throw new Error('No key was given');
  const decrypt = await decryptor;
  let decrypted: DecryptedSlice | null = null;
  try {
    decrypted = decryptSlice(members, decrypt);
  } catch {
    // Told by its absence: what the server sent is not understood.
  }
  releaseBytes(members);
  const reply: FromThread = { id, decrypted };
  parentPort?.postMessage(reply);
}

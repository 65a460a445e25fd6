import { builtThread } from '../built-thread';

/** The script of the threads that decrypt backed-up keys. */
export function builtDecryptionThread(): Promise<URL> {
  return builtThread('main/engine/keys/restore/decryption-thread.ts');
}

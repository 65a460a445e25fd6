import { open } from 'node:fs/promises';
import { HoldfastError } from '../holdfast-error';
import { diskError } from './private-file';

/**
 * The whole file, where it is not larger than that many bytes: it is never read further to find out.
 *
 * @throws {HoldfastError} `file_too_large`, or what the disk says
 */
export async function readAtMost(path: string, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await readBeginning(path, limit + 1);
  if (bytes.length <= limit) return bytes;
  bytes.fill(0);
  throw new HoldfastError('file_too_large', `More than ${limit} bytes`);
}

async function readBeginning(path: string, length: number): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const file = await open(path, 'r');
    try {
      const { size } = await file.stat();
      // What is no plain file, such as a pipe, has no size to trust.
      const buffer = new Uint8Array(Math.min(length, Math.max(size, 0) + 1));
      let read = 0;
      for (;;) {
        const { bytesRead } = await file.read(buffer, read, buffer.length - read, read);
        read += bytesRead;
        if (bytesRead === 0 || read === buffer.length) return buffer.subarray(0, read);
      }
    } finally {
      await file.close();
    }
  } catch (error) {
    throw diskError(error);
  }
}

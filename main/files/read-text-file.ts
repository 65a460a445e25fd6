import { open } from 'node:fs/promises';
import { HoldfastError } from '../holdfast-error';
import { diskError } from './private-file';

/** Bytes; a saved recovery key is below 4 KiB, so anything much larger is another file. */
const maxBytes = 65_536;

/**
 * Reads a small text file the person picked: UTF-8, or UTF-16 as Windows editors save it.
 *
 * @throws {HoldfastError} `key_not_found` for a file that can't be a text with a key in it
 */
export async function readTextFile(path: string): Promise<string> {
  const bytes = await readAtMost(path);
  try {
    return decode(bytes);
  } finally {
    bytes.fill(0);
  }
}

function decode(bytes: Uint8Array): string {
  if (bytes.length > maxBytes) throw new HoldfastError('key_not_found', 'The file is too large');
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  return new TextDecoder('utf-8').decode(bytes);
}

async function readAtMost(path: string): Promise<Uint8Array> {
  try {
    const file = await open(path, 'r');
    try {
      const buffer = new Uint8Array(maxBytes + 1);
      const { bytesRead } = await file.read(buffer, 0, buffer.length, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw diskError(error);
  }
}

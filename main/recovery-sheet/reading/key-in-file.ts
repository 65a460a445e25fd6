import { HoldfastError } from '../../holdfast-error';
import { encodeRecoveryKey, readRecoveryKey } from '../../../preload/rules/recovery-key';
import { decodePicture } from './picture';
import { qrBytesIn, qrTextIn } from './qr-text';

/**
 * The recovery key in a PDF, by its text or the pictures in it, or in a picture of the sheet's QR
 * code.
 *
 * @throws {HoldfastError} `key_not_found`, or what reading the file says
 */
export async function keyInFile(bytes: Uint8Array, kind: 'pdf' | 'png' | 'jpeg'): Promise<string> {
  if (kind !== 'pdf') return found(keyIn(qrTextIn(decodePicture(bytes, kind))));
  // Large: loaded for PDFs alone.
  const { readPdf } = await import('./pdf-content');
  const { text, pictures } = await readPdf(bytes);
  const written = keyIn(text);
  if (written !== null) return written;
  for (const picture of pictures) {
    const key = keyIn(qrTextIn(picture));
    if (key !== null) return key;
  }
  return found(null);
}

/**
 * The bytes of the QR code in a picture.
 *
 * @throws {HoldfastError} `code_not_found`, or what reading the picture says
 */
export function codeInPicture(bytes: Uint8Array, kind: 'png' | 'jpeg'): Uint8Array<ArrayBuffer> {
  const code = qrBytesIn(decodePicture(bytes, kind));
  if (code === null) throw new HoldfastError('code_not_found', 'No QR code in this picture');
  return code;
}

function keyIn(text: string | null): string | null {
  const reading = text === null ? null : readRecoveryKey(text);
  return reading?.kind === 'key' ? encodeRecoveryKey(reading.bytes) : null;
}

function found(key: string | null): string {
  if (key === null) throw new HoldfastError('key_not_found', 'No recovery key in this file');
  return key;
}

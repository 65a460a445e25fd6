export type FileKind = 'pdf' | 'png' | 'jpeg' | 'text' | 'unknown';

const pngSignature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const jpegSignature = [0xff, 0xd8, 0xff];
const pdfSignature = Array.from('%PDF-', (character) => character.charCodeAt(0));
/** Some programs put something before it. */
const pdfHeaderWithin = 1_024;

/** What a file is by what it begins with: its name proves nothing. */
export function fileKindOf(bytes: Uint8Array): FileKind {
  if (beginsWith(bytes, pngSignature)) return 'png';
  if (beginsWith(bytes, jpegSignature)) return 'jpeg';
  if (isPdf(bytes)) return 'pdf';
  return isText(bytes) ? 'text' : 'unknown';
}

function beginsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, index) => bytes[index] === byte);
}

function isPdf(bytes: Uint8Array): boolean {
  const head = bytes.subarray(0, pdfHeaderWithin);
  return head.some((_, index) => beginsWith(head.subarray(index), pdfSignature));
}

/** Texts in UTF-16, as Windows editors save them, say so at their beginning; others hold no zero. */
function isText(bytes: Uint8Array): boolean {
  const isUtf16 = beginsWith(bytes, [0xff, 0xfe]) || beginsWith(bytes, [0xfe, 0xff]);
  return isUtf16 || !bytes.includes(0);
}

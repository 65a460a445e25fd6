/** Names Windows keeps for devices, whatever their extension. */
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)$/i;
const maxLength = 100;

/** A file name that every desktop takes, made of text that may hold anything (S9). */
export function safeFileName(stem: string, extension: string): string {
  const plain = stem
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}@._-]+/gu, '-')
    .replace(/^[.\-_]+|[.\-_]+$/g, '')
    .slice(0, maxLength);
  const safe = plain === '' || reserved.test(plain) ? `holdfast-${plain}` : plain;
  return `${safe}.${extension}`;
}

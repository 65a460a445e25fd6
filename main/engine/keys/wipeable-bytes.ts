/**
 * What Base64 stands for, in an array of its own, which whoever gets it wipes: decoding to a new
 * buffer would leave a copy in memory that is shared with others.
 */
export function wipeableBytes(base64: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(Buffer.byteLength(base64, 'base64'));
  Buffer.from(bytes.buffer).write(base64, 'base64');
  return bytes;
}

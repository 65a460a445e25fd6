/**
 * Gives the memory of bytes back at once, where nothing else lies in their buffer: a thread looks for
 * garbage when it has made many objects, and few of them may hold much. They are empty afterwards.
 */
export function releaseBytes({ buffer, byteLength }: Uint8Array): void {
  const isItsOwn = buffer instanceof ArrayBuffer && buffer.byteLength === byteLength;
  if (isItsOwn && byteLength > 0) buffer.transfer(0);
}

/** A store key encrypted for another key: AES-256-GCM, bound to what it is for. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { z } from 'zod';

const algorithm = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;

export const sealedKey = z.object({
  iv: z.base64(),
  ciphertext: z.base64(),
  tag: z.base64(),
});

export type SealedKey = z.infer<typeof sealedKey>;

/**
 * @param wrappingKey 32 bytes; never used twice for different keys without a salt of its own
 * @param purpose what it is for and whose it is; opening asks for the same
 */
export function seal(key: Uint8Array, wrappingKey: Uint8Array, purpose: string): SealedKey {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv(algorithm, wrappingKey, iv, { authTagLength: tagBytes });
  cipher.setAAD(Buffer.from(purpose));
  const ciphertext = Buffer.concat([cipher.update(key), cipher.final()]);
  return {
    iv: iv.toString('base64'),
    ciphertext: ciphertext.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
  };
}

/** Null where this is another key than it was sealed with, or where it was changed. */
export function unseal(
  { iv, ciphertext, tag }: SealedKey,
  wrappingKey: Uint8Array,
  purpose: string,
): Uint8Array<ArrayBuffer> | null {
  const parts: Uint8Array[] = [];
  try {
    const decipher = createDecipheriv(algorithm, wrappingKey, Buffer.from(iv, 'base64'), {
      authTagLength: tagBytes,
    });
    decipher.setAAD(Buffer.from(purpose));
    decipher.setAuthTag(Buffer.from(tag, 'base64'));
    parts.push(decipher.update(Buffer.from(ciphertext, 'base64')), decipher.final());
    return joined(parts);
  } catch {
    // GCM has nothing to say but that it does not fit.
    return null;
  } finally {
    for (const part of parts) part.fill(0);
  }
}

/** In memory of its own, unlike what Buffer.concat gives. */
function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

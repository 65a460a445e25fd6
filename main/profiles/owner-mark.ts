/**
 * Recognises a profile's person without naming them: a slow, salted hash of the user id. Whoever can
 * read it may confirm a guess, which is why it takes long, but learns nothing from it alone.
 */
import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';
import { z } from 'zod';

/** 32 MiB and about a tenth of a second a guess. */
const cost = { N: 2 ** 15, r: 8, p: 1 } as const;
const hashBytes = 32;

export const ownerMark = z.object({
  // A file somebody changed must not take all the memory there is.
  N: z
    .int()
    .min(2 ** 14)
    .max(2 ** 18)
    .refine((N) => Number.isInteger(Math.log2(N))),
  salt: z.base64(),
  hash: z.base64(),
});

export type OwnerMark = z.infer<typeof ownerMark>;

export async function markOf(userId: string): Promise<OwnerMark> {
  const salt = randomBytes(16).toString('base64');
  const hash = await derive(userId, salt, cost.N);
  return { N: cost.N, salt, hash: hash.toString('base64') };
}

export async function isMarkOf({ N, salt, hash }: OwnerMark, userId: string): Promise<boolean> {
  const marked = Buffer.from(hash, 'base64');
  const derived = await derive(userId, salt, N);
  return marked.length === derived.length && timingSafeEqual(marked, derived);
}

function derive(userId: string, salt: string, N: number): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const { r, p } = cost;
  // What scrypt needs, and some room: Node's own limit is below it.
  const options: ScryptOptions = { N, r, p, maxmem: 2 * 128 * N * r * p };
  scrypt(userId, Buffer.from(salt, 'base64'), hashBytes, options, (error, derived) => {
    if (error === null) resolve(derived);
    else reject(error);
  });
  return promise;
}

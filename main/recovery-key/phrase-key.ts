/** @see https://spec.matrix.org/latest/client-server-api/#deriving-keys-from-passphrases */
import { pbkdf2, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { z } from 'zod';

const derive = promisify(pbkdf2);

export const phraseParameters = z.object({
  algorithm: z.literal('m.pbkdf2'),
  salt: z.string(),
  // A server must not be able to keep this computer busy for hours.
  iterations: z.number().int().min(1).max(20_000_000),
  bits: z.number().int().min(128).max(512).multipleOf(8).optional(),
});

export type PhraseParameters = z.infer<typeof phraseParameters>;

const iterations = 500_000;
const defaultBits = 256;
const saltBytes = 24;

export function newPhraseParameters(): PhraseParameters {
  return { algorithm: 'm.pbkdf2', salt: randomBytes(saltBytes).toString('base64url'), iterations };
}

/** PBKDF2 with SHA-512. The phrase is taken as it is: normalise it before. */
export async function keyFromPhrase(
  phrase: string,
  { salt, iterations: rounds, bits = defaultBits }: PhraseParameters,
): Promise<Uint8Array<ArrayBuffer>> {
  const { buffer, byteOffset, byteLength } = await derive(phrase, salt, rounds, bits / 8, 'sha512');
  // The derived bytes themselves, not a copy: whoever wipes them leaves nothing behind.
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/**
 * The ways one phrase may have been written when it was set up: clients differ in whether they
 * normalise, keyboards in what they produce, and pasting adds a line break.
 */
export function spellingsOf(phrase: string): string[] {
  const trimmed = phrase.trim();
  const spellings = [phrase, trimmed].flatMap((text) => [
    text,
    text.normalize('NFC'),
    text.normalize('NFD'),
  ]);
  return [...new Set(spellings)];
}

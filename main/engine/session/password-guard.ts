import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify<string, Uint8Array, number, Buffer>(scrypt);
const hashBytes = 32;

/** What is kept of a password: enough to recognise it. */
export interface KnownPassword {
  readonly salt: Uint8Array;
  readonly hash: Uint8Array;
}

/**
 * Knows the account password without holding it, so that nobody takes it as security phrase (I8).
 * The salted hash is never written anywhere. It lives in the engine's thread, from the sign-in to the
 * sign-out: after a restart, a crash of the engine included, nothing is known until the password is
 * typed again.
 */
export class PasswordGuard {
  #known: KnownPassword | null = null;

  async remember(password: string): Promise<KnownPassword> {
    const salt = randomBytes(16);
    this.#known = { salt, hash: await derive(password.normalize('NFC'), salt, hashBytes) };
    return this.#known;
  }

  /** Takes over what the guard of another profile has remembered. */
  take(known: KnownPassword): void {
    this.#known = known;
  }

  /** False where no password is known, as after a restart or single sign-on. */
  async matches(candidate: string): Promise<boolean> {
    if (this.#known === null) return false;
    const { salt, hash } = this.#known;
    return timingSafeEqual(await derive(candidate.normalize('NFC'), salt, hashBytes), hash);
  }

  forget(): void {
    this.#known = null;
  }
}

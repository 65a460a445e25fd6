import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { connectHomeserver, type Homeserver } from './homeserver';

/** The homeserver all test files of this run share. Never stop it; use {@link uniqueName}. */
export function sharedHomeserver(): Promise<Homeserver> {
  return connectHomeserver(inject('homeserverUrl'), inject('homeserverName'));
}

/** A localpart no other test uses, beginning with `stem`. */
export function uniqueName(stem: string): string {
  return `${stem}-${randomBytes(5).toString('hex')}`;
}

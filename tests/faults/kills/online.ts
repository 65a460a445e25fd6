import type { AppProcess } from './app-process';

/**
 * A normal start: signed in as before.
 *
 * @throws {GoneError} where it ends first; an error saying what else it does
 */
export async function signedInAsBefore(app: AppProcess): Promise<void> {
  await app.until('the app starts', () => app.state.phase !== 'starting');
  if (app.state.phase === 'signed_in') return;
  throw new Error(`The app starts with ${JSON.stringify(app.state)}`);
}

/** A normal start, up to where it has reached the server. Throws as {@link signedInAsBefore}. */
export async function onlineAsBefore(app: AppProcess): Promise<void> {
  await signedInAsBefore(app);
  await app.until('online', () => app.connection.state === 'online');
}

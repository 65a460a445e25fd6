/** Signing in on a fresh profile, killed at any moment of it, the very first start included. */
import { setTimeout as pause } from 'node:timers/promises';
import { GoneError, type AppProcess } from './app-process';
import { Span, type Chance } from './chance';
import type { RegisteredUser } from '../../support/homeserver/homeserver';
import type { Subject, World } from './subject';

const span = new Span(1_700);
/** Kills before one and the same sign-in is let through. */
const mostKills = 3;

/**
 * Signs in, with kills while there are some to come.
 *
 * @returns the app, online; null where it can't be had any more
 */
export async function signInUnderKills(
  world: World,
  subject: Subject,
  user: RegisteredUser,
  chance: Chance,
): Promise<AppProcess | null> {
  const progress = { isSignedIn: false };
  for (let kills = 0; ; kills += 1) {
    const isLast = kills >= mostKills || world.left('sign-in') <= 0 || chance.happens(0.25);
    const started = Date.now();
    const app = subject.start();
    const work = signIn(world, app, user, progress);
    if (isLast) {
      const problem = await work;
      if (problem === null) {
        if (kills === 0) span.took(Date.now() - started);
        return app;
      }
      await subject.found('restart', 'sign-in', problem);
      return null;
    }
    await pause(chance.fraction() * span.ms * 1.1);
    await subject.kill('sign-in', () => []);
    const problem = await work;
    if (problem !== null) {
      await subject.found('restart', 'sign-in', problem);
      return null;
    }
    world.tally.spent('sign-in', Date.now() - started);
  }
}

/** Null, or what is wrong; a kill is nothing wrong. */
async function signIn(
  { baseUrl }: World,
  app: AppProcess,
  { userId, password }: RegisteredUser,
  progress: { isSignedIn: boolean },
): Promise<string | null> {
  try {
    await app.until('the app starts', () => app.state.phase !== 'starting');
    const { state } = app;
    if (state.phase === 'signed_out') {
      if (progress.isSignedIn) return 'Signed out, though the sign-in had succeeded';
      await app.call('signIn.password', { baseUrl, user: userId, password });
      progress.isSignedIn = true;
    } else if (state.phase !== 'signed_in') {
      return `The app starts with ${JSON.stringify(state)}`;
    }
    await app.until('online', () => app.connection.state === 'online');
    progress.isSignedIn = true;
    return null;
  } catch (error) {
    return error instanceof GoneError ? null : `Signing in failed: ${String(error)}`;
  }
}

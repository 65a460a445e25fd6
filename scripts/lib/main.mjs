/** How every command of this folder starts and fails. */
import { CommandError } from './command.mjs';
import { red, say } from './progress.mjs';
import { MissingPackagesError } from './system-packages.mjs';

/**
 * Runs a command's body. Expected failures are told in their own words, unexpected ones with where
 * they came from; both end with exit code 1.
 *
 * @param {() => Promise<number | void>} body gives the exit code
 */
export async function main(body) {
  try {
    process.exitCode = (await body()) ?? 0;
  } catch (error) {
    const expected = error instanceof CommandError || error instanceof MissingPackagesError;
    say(
      red(expected || !(error instanceof Error) ? String(messageOf(error)) : (error.stack ?? '')),
    );
    process.exitCode = 1;
  }
}

/** @param {unknown} error */
function messageOf(error) {
  return error instanceof Error ? error.message : error;
}

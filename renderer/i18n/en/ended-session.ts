import { grammarOf } from '../language';

const { number, plural } = grammarOf('en');

/** The server has ended the session; signing in again brings everything back. */
export const endedSession = {
  removedTitle: 'You were signed out here',
  removed:
    'This device was signed out from another one, or by your organisation. If that was not you, change your account password.',
  expiredTitle: 'Please sign in again',
  expired: (server: string) =>
    `${server} asks for your password again, as servers do from time to time. You then go on where you were.`,
  keys: (count: number) =>
    plural(count, {
      one: 'Your key is still on this computer',
      other: 'Your # keys are still on this computer',
    }),
  someKeys: 'Your keys are still on this computer',
  nothingLost: 'Sign in again, and you can read your messages as before.',
  unsent: (count: number) =>
    plural(count, {
      one: 'One message that is not sent yet is kept, too.',
      other: '# messages that are not sent yet are kept, too.',
    }),
  export: 'Export keys to a file',
  exported: (fileName: string) => `Your keys are in ${fileName}.`,
  other: 'Sign in with another account',
  back: (userId: string) => `Sign in again as ${userId}`,
};

/** Keys of earlier sign-ins on this computer, coming over. */
export const carryOver = {
  title: 'Keys from your earlier sign-ins on this computer',
  running: 'Being taken over',
  progressOf: (done: number, total: number) => `${number(done)} of ${number(total)}`,
  interruptedTitle: 'Not all of your earlier keys are here yet',
  interrupted:
    'Keys of an earlier sign-in on this computer could not be read. They stay where they are, and are tried again at the next start.',
  doneTitle: 'Messages from your earlier sign-ins are readable again',
  done: (count: number) =>
    plural(count, {
      one: 'One key from your earlier sign-ins on this computer was taken over.',
      other: '# keys from your earlier sign-ins on this computer were taken over.',
    }),
  failed: (count: number) =>
    plural(count, {
      one: 'One key could not be read.',
      other: '# keys could not be read.',
    }),
};

import { grammarOf } from '../../language';

const { plural } = grammarOf('en');

/** What is left when nothing else helps, and what the server then asks. */
export const lastResorts = {
  lastResorts: {
    off: {
      title: 'Switch the key backup off?',
      lead: 'Your devices then add no more keys to the backup on the server. If you lose this device, you lose what only this device can read.',
      stays: (count: number) =>
        plural(count, {
          one: 'The one key in the backup stays there, and opens with your recovery key.',
          other: 'The # keys in the backup stay there, and open with your recovery key.',
        }),
      copy: 'First, an encrypted copy of all keys is written on this computer.',
      again: 'You can switch it on again at any time; no new recovery key is needed.',
      pending: (count: number) =>
        plural(count, {
          one: 'One key is not in the backup yet: it then is on this device only.',
          other: '# keys are not in the backup yet: they then are on this device only.',
        }),
      newKeys: 'Keys of new messages are then on your devices only, on none of them backed up.',
      warned: 'Before you sign out on any device, Holdfast warns you.',
      off: 'Switch off',
      keep: 'Leave it on',
      done: 'The key backup is switched off.',
    },
    lostEverything: 'I lost everything',
    lostEverythingText:
      'When nothing of this helps: encryption can be set up anew. What this device can read stays readable, and the old backup stays on the server.',
    reset: {
      title: 'Set up encryption anew',
      lead: 'For when the recovery key is lost and no other device is left, or when somebody else may have taken over your identity. It can’t be undone.',
      beforeTitle: 'Before you do: does one of these help?',
      before: [
        'The printed sheet or the file “Recovery key …”: in your documents, your downloads, on a USB stick, in your password manager.',
        'Another phone or computer on which you are still signed in. Verify with it, and nothing has to be reset.',
        'A key file that you once exported, or an encrypted copy on this computer: both are in the settings.',
      ] as readonly string[],
      enter: 'Enter key or phrase',
      staysTitle: 'What stays',
      stays: [
        'Every message that this device can read now stays readable. Its keys go into the new backup.',
        'The old backup is deleted only if every key in it is here. Otherwise it stays on the server, locked by the old key: should that turn up one day, Holdfast can still read it.',
        'Your account, your rooms and your contacts stay as they are.',
      ] as readonly string[],
      costsTitle: 'What it costs',
      costs: [
        'Messages whose keys only the old backup has stay locked.',
        'The people you write with are told that your identity changed, and have to verify you again.',
        'Your other devices count as not verified until you enter the new recovery key on them.',
      ] as readonly string[],
      understood: 'I understand that this can’t be undone',
      missing: 'Tick this first, or go back.',
      stay: 'Keep everything as it is',
      goOn: 'Set up anew',
      chooseTitle: 'Your new recovery key',
      chooseLead:
        'It comes first: nothing is replaced until you have saved it and checked your copy.',
      stepsLabel: 'Setting up encryption anew',
    },
  },
  whoIsThere: {
    title: 'Confirm that it’s you',
    password: 'Your server asks for this before something important changes.',
    browser: 'Confirm it in your browser, on your server’s page.',
    opened: 'The page is open in your browser. Once you have confirmed there, it goes on here.',
    passwordLabel: 'Account password',
    passwordMissing: 'Enter your account password.',
    refused: 'The server did not accept this password. Check it and try again.',
    confirm: 'Confirm',
    open: 'Confirm in the browser',
    openAgain: 'Open the page again',
    waiting: 'Waiting for your confirmation',
  },
};

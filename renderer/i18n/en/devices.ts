import type { DeviceSignOutObstacle, DeviceTrust } from '../../../preload/model/devices';
import { grammarOf } from '../language';

const { plural } = grammarOf('en');

/** The devices of the own account. */
export const devices = {
  title: 'Your devices',
  intro: 'Every place where you are signed in.',
  loading: 'Asking the server for your devices',
  unavailable: 'Your devices could not be asked for.',
  stale: 'This list may be out of date.',
  again: 'Ask again',
  alone: 'You are signed in on this device only.',
  thisDevice: 'This device',
  unnamed: 'Unnamed device',
  trust: {
    verified: 'Verified',
    unverified: 'Not verified',
    no_keys: 'Can’t read encrypted messages',
    unknown: 'Unknown until this device is verified',
  } satisfies Record<DeviceTrust, string>,
  lastSeen: (when: string) => `Last seen: ${when}`,
  neverSeen: 'Last seen: not known',
  noticed: (when: string) => `Signed in: ${when}`,
  verify: (name: string) => `Verify ${name}`,
  verifyShort: 'Verify',
  rename: (name: string) => `Rename ${name}`,
  renameTitle: 'Rename device',
  name: 'Name',
  nameHint: 'Other people in your rooms can see this name.',
  save: 'Save',
  signOut: (name: string) => `Sign out ${name}`,
  signOutShort: 'Sign out',
  signOutOthers: 'Sign out other devices…',
  newTitle: 'New sign-in: was this you?',
  newOne: (name: string, when: string) => `“${name}” signed in to your account ${when}.`,
  newMore: (count: number) =>
    plural(count, { one: 'One more device did too.', other: '# more devices did too.' }),
  newVerify: 'It was me: verify',
  notMe: 'Not me',
  later: 'Later',
  signOutDialog: {
    title: 'Sign out other devices',
    which: 'Which devices do you want to sign out?',
    chosen: 'Chosen to be signed out:',
    fine: 'This device can read your history on its own: your keys are in the backup, and it opens here.',
    others:
      'Keys that another device has not uploaded yet can’t be seen from here. If you still have it, open Holdfast there and leave it online for a minute before you sign it out.',
    obstacles: {
      unknown:
        'Whether this device can read your history on its own could not be found out. Check your connection and ask again.',
      no_backup:
        'There is no key backup. What only the other devices can read would be lost. Set up key backup on a device that reads everything.',
      backup_broken:
        'Something is wrong with the key backup. What only the other devices can read would be lost. Key health in the settings says what to do.',
      not_verified:
        'This device is not verified, so it has no keys of the others. Verify it with one of them first.',
      not_restored:
        'This device has not restored your keys. What only the other devices can read would be lost. Enter your recovery key first.',
      restoring: 'Your keys are still being restored on this device. Wait until that is done.',
      keys_pending: 'Keys of this device are still being uploaded. That takes a moment.',
    } satisfies Record<Exclude<DeviceSignOutObstacle, null>, string>,
    accept: 'I accept that messages which only these devices can read are lost for good.',
    checking: 'Checking whether this device can read everything',
    cancel: 'Cancel',
    action: (count: number) =>
      plural(count, { one: 'Sign out one device', other: 'Sign out # devices' }),
    done: (count: number) =>
      plural(count, { one: 'One device was signed out.', other: '# devices were signed out.' }),
  },
  notMeDialog: {
    title: 'This was not you',
    lead: (name: string) =>
      `“${name}” will be signed out. Whoever used it knows your password, so do three things, in this order:`,
    signOut: 'Sign the device out.',
    password: 'Change your account password, in your organisation’s account settings.',
    key: 'Make a new recovery key and have the old one removed, in case it was seen.',
    keyOffer:
      'The device is signed out. Change your account password now; then make a new recovery key. The old one is removed with that, in case it was seen.',
    action: 'Sign it out',
    newKey: 'Make a new recovery key',
    close: 'Close',
    cancel: 'Cancel',
  },
  verifiedOnly: 'Send messages to verified devices only',
  verifiedOnlyExplained:
    'In all rooms. People you have not verified can’t read what you send, and are told why.',
};

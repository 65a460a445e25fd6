import type { KeyState } from '../../../../preload/model/keys';

/** How things stand with the keys. */
export const health = {
  health: {
    title: 'Key health',
    states: {
      unknown: {
        title: 'Not known at the moment',
        text: 'The server can’t be reached, so Holdfast can’t tell how things stand. Nothing is changed until it knows.',
      },
      ready: {
        title: 'Everything is safe',
        text: 'All keys are in the backup, and you can open it again on a new device.',
      },
      uploading: {
        title: 'Keys are being backed up',
        text: 'New keys are on their way into the backup. There is nothing for you to do.',
      },
      needs_setup: {
        title: 'Your keys are on this device alone',
        text: 'If it is lost, or you sign out, your encrypted messages can’t be read any more. Set up key backup now.',
      },
      needs_restore: {
        title: 'Earlier messages are locked',
        text: 'There is a key backup, but this device can’t open it yet. Enter your recovery key or security phrase.',
      },
      needs_verification: {
        title: 'This device is not verified',
        text: 'Your other devices do not know yet that it is yours. Open one of them and verify this device with it; your keys then come here by themselves.',
      },
      backup_changed: {
        title: 'The backup was replaced',
        text: 'Another of your devices has made a new backup. This device adds nothing to it until you have entered the new recovery key or phrase.',
      },
      backup_untrusted: {
        title: 'The backup is not trusted',
        text: 'Nothing proves that the backup on the server is yours, so this device adds nothing to it. Enter your recovery key or security phrase to check.',
      },
      secrets_incomplete: {
        title: 'A part is missing on this device',
        text: 'This device does not have all it needs to keep the backup going. Enter your recovery key or security phrase to complete it.',
      },
      disabled_by_user: {
        title: 'Key backup is switched off',
        text: 'It was switched off for this account. Your keys are on your devices alone; if these are lost, so are your messages.',
      },
      reset_required: {
        title: 'The backup can’t be opened any more',
        text: 'What is needed to open it is not on the server any more. Stay signed in on all your devices, and ask your help desk before you change anything.',
      },
    } satisfies Record<KeyState, { title: string; text: string }>,
    lights: { good: 'Good', attention: 'Needs attention', danger: 'At risk', unknown: 'Unknown' },
    setUp: 'Set up key backup',
    unlock: 'Enter key or phrase',
    facts: 'The facts',
    backedUp: 'Keys in the backup',
    pending: 'Keys not backed up yet',
    rooms: 'Encrypted rooms',
    version: 'Version of the backup',
    opens: 'What opens the backup',
    opensKey: 'Key',
    opensBoth: 'Key or phrase',
    none: 'None',
    notKnown: 'Not known',
  },
  banner: {
    action: 'Details',
  },
};

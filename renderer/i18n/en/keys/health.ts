import type { KeyState } from '../../../../preload/model/keys';

/** How things stand with the keys. */
export const health = {
  health: {
    title: 'Key health',
    states: {
      unknown: {
        title: 'Not known at the moment',
        text: 'The server could not be reached, or gave no clear answer. Nothing is changed until Holdfast knows how things stand.',
      },
      ready: {
        title: 'Your keys are backed up',
        text: 'All keys of this device are in the backup, and your recovery key opens it on a new device.',
      },
      uploading: {
        title: 'Keys are being backed up',
        text: 'Keys of this device are on their way into the backup.',
      },
      needs_setup: {
        title: 'Your keys are on this device alone',
        text: 'If it is lost or replaced, your encrypted messages can’t be read any more.',
      },
      needs_restore: {
        title: 'This device needs your recovery key',
        text: 'Until you enter it, messages whose keys lie only in the backup stay locked here, and new keys of this device are not backed up.',
      },
      needs_verification: {
        title: 'This device is not verified',
        text: 'Your other devices do not know yet that it is yours.',
      },
      backup_changed: {
        title: 'The backup was replaced or deleted',
        text: 'The backup this device worked with is not the one on the server any more. Nothing is added to it until you have had a look.',
      },
      backup_untrusted: {
        title: 'The backup is not trusted',
        text: 'Nothing proves that the backup on the server is yours, so this device adds nothing to it.',
      },
      secrets_incomplete: {
        title: 'A part of the protection is missing',
        text: 'If this device were lost now, not everything could be brought back.',
      },
      disabled_by_user: {
        title: 'Key backup is switched off',
        text: 'It was switched off for this account. Your keys are on your devices alone; if these are lost, so are your messages.',
      },
      reset_required: {
        title: 'The backup can’t be opened any more',
        text: 'Neither this device nor your recovery key opens it. What is readable on your devices stays readable; stay signed in on all of them.',
      },
    } satisfies Record<KeyState, { title: string; text: string }>,
    /** What a newer version may have made. */
    notUnderstood: {
      title: 'Holdfast may need an update',
      storage:
        'Your account’s secret storage was made in a way that this version of Holdfast does not know. Please update Holdfast first; nothing was changed or deleted.',
      backup:
        'The backup on the server was made in a way that this version of Holdfast does not know. Please update Holdfast first; nothing was changed or deleted.',
      both: 'Your account’s secret storage and the backup on the server were made in a way that this version of Holdfast does not know. Please update Holdfast first; nothing was changed or deleted.',
      otherwise: 'If that does not help, there is another way.',
    },
    lights: { good: 'Good', attention: 'Needs attention', danger: 'At risk', unknown: 'Unknown' },
    setUp: 'Set up key backup',
    unlock: 'Enter key or phrase',
  },
  banner: {
    action: 'Details',
  },
};

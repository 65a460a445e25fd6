/** Opening the store of this computer: what can go wrong, and the ways out. */
export const store = {
  whatToDo: 'What you can do',
  kept: 'Nothing was deleted. Your messages and keys are still on this computer, encrypted.',
  stepKey:
    'Or open it with your recovery key: that works without the password store, and puts things right again.',
  stepKeyOrPhrase:
    'Or open it with your recovery key or security phrase: that works without the password store, and puts things right again.',
  stepAside:
    'If nothing helps, set the files aside and start anew. They are kept; what is in your key backup comes back with your recovery key.',
  stepAsideLast:
    'Only if you have neither: set the files aside and start anew. They are kept, in case the key turns up.',
  stepDesk: 'If you are unsure, ask your help desk before changing anything.',
  problems: {
    keychain_locked: {
      title: 'Your password store is locked',
      what: 'The key to your messages lies in this computer’s password store (keychain). It is locked, or did not let Holdfast in.',
      steps: [
        'Unlock it with the password you use to sign in to this computer. The window that asks for it may be hidden behind others.',
        'Then choose “Try again”.',
      ],
    },
    keychain_unavailable: {
      title: 'Your password store can’t be reached',
      what: 'The key to your messages lies in this computer’s password store (keychain), and that does not answer.',
      steps: [
        'Log out of your computer (Windows, macOS or Linux, not Holdfast) and in again; that usually starts it. On Linux it is GNOME Keyring or KWallet.',
        'Then choose “Try again”.',
      ],
    },
    store_key_missing: {
      title: 'The key to your messages is missing',
      what: 'This computer’s password store (keychain) answers, but the key to your messages is not in it. That happens when it was emptied, replaced, or is still locked.',
      steps: ['If it may be locked, unlock it and choose “Try again”.'],
    },
    store_key_wrong: {
      title: 'This key does not fit your messages',
      what: 'The password store (keychain) holds a key, but one for other messages. That happens when a profile is copied from another computer or brought back from an old copy.',
      steps: ['If you have the matching password store, bring it back and choose “Try again”.'],
    },
    store_damaged: {
      title: 'The file with your messages is damaged',
      what: 'A part of it can’t be read any more. A failing disk is the usual reason. Holdfast left the file as it is.',
      steps: ['Choose “Try again”: sometimes it was only a moment’s trouble.'],
    },
    store_newer: {
      title: 'Your messages need a newer Holdfast',
      what: 'They were last opened by a newer version than this one, which would not understand everything in them.',
      steps: ['Update Holdfast on this computer, then open it again.'],
    },
    store_in_use: {
      title: 'Holdfast is already open',
      what: 'Another Holdfast works with these messages. Two at once could damage them.',
      steps: ['Go on in the other window, or close it and choose “Try again”.'],
    },
    disk_full: {
      title: 'The disk is full',
      what: 'Holdfast needs a little space to open your messages safely.',
      steps: ['Free some space; 500 MB are plenty.', 'Then choose “Try again”.'],
    },
    disk_read_only: {
      title: 'Holdfast may not write to its folder',
      what: 'The folder with your messages is write-protected, or belongs to another user of this computer.',
      steps: [
        'Give yourself permission to write to it, or unlock the drive it is on.',
        'Then choose “Try again”.',
      ],
    },
    disk_error: {
      title: 'The disk reported an error',
      what: 'Reading or writing failed. Holdfast stopped, so that nothing gets worse.',
      steps: [
        'If the disk is a network drive or a stick, check that it is connected, and choose “Try again”.',
        'If it happens again, make a copy of this computer’s files soon.',
      ],
    },
    internal: {
      title: 'Your messages can’t be opened yet',
      what: 'Something went wrong inside Holdfast. Your messages and keys are not affected.',
      steps: ['Choose “Try again”, or restart Holdfast.'],
    },
  },
  byKey: {
    open: 'Use recovery key',
    title: 'Open with your recovery key',
    lead: 'Your recovery key or your security phrase opens the messages on this computer, also without a connection.',
    leadKeyOnly:
      'Your recovery key opens the messages on this computer, also without a connection.',
    submit: 'Open',
  },
  aside: {
    open: 'Start anew',
    title: 'Set aside and start anew?',
    lead: 'Holdfast moves what it can’t open into a folder of its own, and you sign in again.',
    nothingDeleted: 'Nothing is deleted: the files stay on this computer.',
    fromBackup: 'Your recovery key brings back all messages whose keys are in the key backup.',
    notInBackup:
      'Messages whose keys were only here stay locked, unless the files can be opened again.',
    accept: 'I understand. Set the files aside.',
    confirm: 'Set aside and start anew',
    done: (folder: string) =>
      `What could not be opened is kept in the folder “${folder}” of your profile. Sign in to go on.`,
  },
  passphrase: {
    chooseTitle: 'Choose an app passphrase',
    chooseLead:
      'This computer has no password store (keychain) that could keep the key to your messages. So a passphrase of your own protects them; you enter it each time Holdfast opens.',
    keychainInstead:
      'Would you rather not? Close Holdfast, set up a password store (GNOME Keyring or KWallet on Linux) and open it again.',
    lockedTitle: 'A password store is needed',
    lockedLead:
      'This computer has no password store (keychain) that could keep the key to your messages, and your organisation does not allow an app passphrase in its place. Set up or unlock a password store (GNOME Keyring or KWallet on Linux), then try again.',
    enterTitle: 'Welcome back',
    enterLead: 'Enter your app passphrase to open your messages on this computer.',
    entry: 'App passphrase',
    repeated: 'App passphrase, once more',
    empty: 'Please enter the app passphrase.',
    tooWeak: 'This is too easy to guess. Add a few words that do not belong together.',
    unmeasured: 'Several words that do not belong together are best.',
    mismatch: 'The two entries differ. Please type it once more.',
    choose: 'Use this passphrase',
    open: 'Open',
    opening: 'Opening your messages',
  },
  failing: {
    disk_full:
      'The disk is full. Holdfast has stopped receiving and sending so that nothing gets lost, and goes on by itself as soon as there is space.',
    disk_read_only:
      'Holdfast may not write to its folder any more. It has stopped receiving and sending so that nothing gets lost, and goes on by itself when it may.',
    disk_error:
      'The disk reports errors. Holdfast has stopped receiving and sending so that nothing gets lost, and goes on by itself when writing works again.',
  },
  settings: {
    title: 'Messages on this computer',
    keychain: 'They are encrypted; the key lies in this computer’s password store (keychain).',
    passphrase: 'They are encrypted; your app passphrase opens them.',
    recoveryKey: 'Your recovery key can open them too, should that fail.',
    noRecoveryKey: 'Your recovery key can’t open them yet. It will once key backup is set up.',
    uncheckedRecoveryKey:
      'Your recovery key can’t open them yet. Check it once on this computer, under “Recovery key check”, and it will.',
    unusedRecoveryKey:
      'Your recovery key can’t open them yet. Enter it once on this computer, and it will.',
    offer: 'This computer now has a password store that can keep the key for you.',
    move: 'Use the password store',
    moved: 'The password store keeps the key now. You need no app passphrase any more.',
  },
};

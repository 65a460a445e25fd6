/** Checking now and then that the recovery key is still at hand. */
export const drill = {
  drill: {
    reminderTitle: 'Do you still have your recovery key?',
    reminder:
      'Please check once. If it is lost, you can make a new one now, while this device still reads everything.',
    checkNow: 'Check now',
    later: 'Later',
    title: 'Check your recovery key',
    lead: 'Enter it as you would on a new device, from your file or your printed sheet. It is compared on this device and sent nowhere.',
    leadPhrase:
      'Enter your recovery key or your security phrase, as you would on a new device. It is compared on this device and sent nowhere.',
    submit: 'Check',
    lost: 'I can’t find it',
    doneTitle: 'Your recovery key works',
    done: 'With it you can read everything on a new device. Put it back where you found it.',
    doneNext: 'Holdfast will ask again in a while, so that this stays true.',
    finish: 'To my messages',
    lostTitle: 'Then make a new one now',
    lostLead:
      'Nothing is lost: this device still reads everything. A new recovery key takes the place of the old one.',
    lostPoints: [
      'Your messages, devices and the key backup stay as they are.',
      'The old recovery key still opens your backup unless you have it removed in the next step. Should it turn up, shred it.',
      'Until you have a new one, do not sign out of this device.',
    ] as readonly string[],
    makeNew: 'Make a new recovery key',
    back: 'Look once more',
    settingsTitle: 'Recovery key check',
    never: 'You have not checked your recovery key on this computer yet.',
    checked: (day: string) => `Last checked: ${day}. It works.`,
    check: 'Check recovery key',
  },
};

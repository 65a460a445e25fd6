export const organisation = {
  helpDesk: 'Your help desk',
  backUpFirst:
    'Your organisation requires key backup, so signing out has to wait until your keys are in it.',
  title: 'Set by your organisation',
  lead: 'Whoever looks after this computer has set the following. It can’t be changed here where it says so.',
  mandatory: 'Set by your organisation',
  recommended: 'Recommended by your organisation',
  malformedMandatory: 'This value is not valid. Until it is put right, the strictest one holds.',
  malformedRecommended: 'This value is not valid, so it is passed over.',
  problems: {
    unsafe: () =>
      'Others than the administrator could have written this, so it does not count. Until it is put right, the strictest settings hold. Please tell your help desk.',
    unreadable: () =>
      'This can’t be read. Until it is put right, the strictest settings hold. Please tell your help desk.',
    malformed: () =>
      'This is not a valid policy file. Until it is put right, the strictest settings hold. Please tell your help desk.',
    unknown_setting: (name: string) =>
      `This sets “${name}”, which this version of Holdfast does not know.`,
  },
};

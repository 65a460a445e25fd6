import type { VerificationEnd } from '../../../preload/model/verification';
import { sasEmoji } from './sas-emoji';

/** Verifying another device, or another person. */
export const verification = {
  emojiNames: sasEmoji,
  titles: {
    device: 'Verify a device',
    person: (name: string) => `Verify ${name}`,
  },
  anyDevice: 'One of your other devices',
  unnamedDevice: (id: string) => `The device ${id}`,
  incomingDevice: (name: string) =>
    `${name} wants to be verified with this device. Go on only if you have just asked for it there.`,
  incomingPerson: (name: string, id: string) =>
    `${name} (${id}) wants to make sure with you that nobody reads along. Have them on the phone or beside you.`,
  accept: 'Go on',
  decline: 'Decline',
  waitingDevices:
    'Open Holdfast or another Matrix app on a device that reads your messages, and accept the request there.',
  waitingPerson: (name: string) => `Waiting for ${name} to accept.`,
  starting: 'One moment, both sides are getting ready.',
  codeDevice: 'Scan this code with the other device.',
  codePerson: (name: string) => `Let ${name} scan this code.`,
  codeLabel: 'QR code for verification',
  orEmoji: 'Or compare emoji, which works without a camera.',
  orScan: 'The other way round: open a photo or screenshot of the code that the other side shows.',
  scanFile: 'Choose a picture…',
  scanDrop: 'or drop it here',
  scanDropHere: 'Let go to read the code',
  scanTooLarge: 'This file is larger than 20 MB. Choose another one.',
  scanLabel: 'Picture of the other side’s code',
  reciprocated:
    'The code fits. Now confirm on the other side that it was scanned; this window then goes on by itself.',
  emojiOnly: 'Compare seven emoji that both sides see.',
  useEmoji: 'Compare emoji',
  compareDevice: 'Does the other device show the same emoji in the same order?',
  comparePerson: (name: string) =>
    `Does ${name} see the same emoji in the same order? Ask by voice, not in this chat.`,
  match: 'They all match',
  mismatch: 'Something differs',
  scanned: 'The code was scanned. Does the other side show a green tick?',
  seen: 'Yes, it does',
  notSeen: 'No',
  confirming: 'Waiting for the other side to confirm.',
  cancel: 'Cancel',
  close: 'Close',
  doneTitle: 'Verified',
  doneDevice:
    'Both devices trust each other. Keys this device lacks come from the other one by themselves.',
  donePerson: (name: string) =>
    `Nobody in between can read or change messages between you and ${name}. If their identity changes, you are told before you send.`,
  endTitle: 'Not verified',
  ends: {
    mismatch:
      'The two sides showed different things. Someone may be in between, or one of you looked at another request. Nothing was trusted. Try again over another connection.',
    timeout:
      'Nobody answered within ten minutes. Nothing was changed; try again when both are there.',
    declined: 'The other side declined. Nothing was changed.',
    cancelled: 'The other side cancelled. Nothing was changed; you can try again.',
    accepted_elsewhere: 'You have answered this request on another of your devices.',
    key_mismatch:
      'The other side’s keys are not what they claim to be. Nothing was trusted. If this happens again, ask your help desk.',
    failed: 'This did not work out. Nothing was changed; you can try again.',
  } satisfies Record<VerificationEnd, string>,
  again: 'Try again',
  withDevice: 'Verify with another device',
};

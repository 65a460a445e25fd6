import type { Messages } from '../en';

export const organisation: Messages['organisation'] = {
  helpDesk: 'Ihr Helpdesk',
  backUpFirst:
    'Ihre Organisation verlangt die Schlüsselsicherung. Abmelden können Sie sich, sobald Ihre Schlüssel darin sind.',
  title: 'Von Ihrer Organisation festgelegt',
  lead: 'Wer diesen Computer betreut, hat Folgendes festgelegt. Wo es dabeisteht, lässt es sich hier nicht ändern.',
  mandatory: 'Von Ihrer Organisation festgelegt',
  recommended: 'Von Ihrer Organisation empfohlen',
  malformedMandatory:
    'Dieser Wert ist ungültig. Bis er berichtigt ist, gilt der strengste an seiner Stelle.',
  malformedRecommended: 'Dieser Wert ist ungültig und wird übergangen.',
  problems: {
    unsafe: () =>
      'Das könnten auch andere als die Administration geschrieben haben; es zählt deshalb nicht. Bis es berichtigt ist, gelten die strengsten Einstellungen. Bitte sagen Sie Ihrem Helpdesk Bescheid.',
    unreadable: () =>
      'Das lässt sich nicht lesen. Bis es berichtigt ist, gelten die strengsten Einstellungen. Bitte sagen Sie Ihrem Helpdesk Bescheid.',
    malformed: () =>
      'Das ist keine gültige Richtliniendatei. Bis sie berichtigt ist, gelten die strengsten Einstellungen. Bitte sagen Sie Ihrem Helpdesk Bescheid.',
    unknown_setting: (name: string) =>
      `Hier wird „${name}“ festgelegt. Diese Version von Holdfast kennt das nicht.`,
  },
};

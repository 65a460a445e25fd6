/** What an organisation has set, for tests and for looking at it. */
import type { OrganisationPolicy } from '../../../preload/model/policy';

const file = '/etc/holdfast/policies/10-university.json';

const desk = {
  link: 'https://it.uni-kueste.example/holdfast',
  phone: '+49 431 880-1234',
};

export const managed: OrganisationPolicy = {
  settings: [
    {
      name: 'keyBackupRequired',
      sentence: {
        en: 'Key backup must be set up before messages can be sent.',
        de: 'Die Schlüsselsicherung muss eingerichtet sein, bevor Nachrichten gesendet werden.',
      },
      value: 'true',
      level: 'mandatory',
      from: file,
      malformed: false,
    },
    {
      name: 'drillInterval',
      sentence: {
        en: 'After how many days at most the recovery key is to be checked again.',
        de: 'Nach wie vielen Tagen der Wiederherstellungsschlüssel spätestens erneut geprüft wird.',
      },
      value: '"monthly"',
      level: 'recommended',
      from: file,
      malformed: true,
    },
  ],
  helpDesk: {
    en: { text: 'IT service desk, library building, room 0.112', ...desk },
    de: { text: 'IT-Servicedesk, Bibliotheksgebäude, Raum 0.112', ...desk },
  },
  problems: [{ from: '/etc/holdfast/policies/20-lab.json', reason: 'unsafe' }],
  phraseStrength: 12,
  locks: ['appPassphrase', 'onlyVerifiedDevices'],
};

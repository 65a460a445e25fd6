import type { Translation } from '../language';
import type { settings as source } from '../en/settings';

export const settings: Translation<typeof source> = {
  menu: 'Konto und Einstellungen',
  open: 'Einstellungen',
  title: 'Einstellungen',
  parts: {
    label: 'Teile der Einstellungen',
    general: 'Allgemein',
    keys: 'Schlüssel',
    devices: 'Geräte',
    computer: 'Dieser Computer',
    account: 'Konto',
  },
  language: 'Sprache',
  languageSystem: 'Wie im System',
  theme: 'Darstellung',
  themeSystem: 'Wie im System',
  themeLight: 'Hell',
  themeDark: 'Dunkel',
  account: 'Konto',
  accountId: 'Ihre Adresse',
  device: 'Dieses Gerät',
  copyId: 'Ihre Adresse kopieren',
  about: 'Über Holdfast',
  version: (version) => `Version ${version}`,
  licence: 'Freie Software unter der Apache-Lizenz 2.0.',
  signOut: 'Abmelden',
};

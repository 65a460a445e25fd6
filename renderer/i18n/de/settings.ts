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
    computer: 'Dieses Gerät',
    account: 'Konto',
  },
  language: 'Sprache',
  languageSystem: 'Wie am Gerät',
  theme: 'Darstellung',
  themeSystem: 'Wie am Gerät',
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

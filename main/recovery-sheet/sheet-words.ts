/** Every word on the recovery sheet and in the saved text file, in both languages. */
import type { Language } from '../../preload/model/app';

export interface SheetWords {
  readonly documentTitle: (userId: string) => string;
  readonly kind: string;
  readonly title: string;
  readonly textTitle: string;
  /** @param desk whether there is a help desk to speak of */
  readonly purpose: (desk: boolean) => string;
  readonly keyLabel: string;
  readonly keyNote: string;
  readonly qrCaption: string;
  readonly account: string;
  readonly homeserver: string;
  readonly madeOn: string;
  readonly keyId: string;
  readonly useTitle: string;
  readonly useSteps: readonly string[];
  readonly lostTitle: string;
  readonly lostTitleOfFile: string;
  readonly lostSteps: (desk: boolean) => readonly string[];
  readonly helpDesk: string;
  readonly apartTitle: string;
  readonly apart: string;
  readonly apartTitleOfFile: string;
  readonly apartOfFile: string;
}

const en: SheetWords = {
  documentTitle: (userId) => `Recovery key of ${userId}`,
  kind: 'Recovery sheet',
  title: 'Your recovery key',
  textTitle: 'HOLDFAST RECOVERY KEY',
  purpose: (desk) =>
    `With this key you can read your encrypted messages on a new device, even if all the old ones are gone. Nobody else has it: ${desk ? 'neither your server nor your help desk can' : 'your server can’t'} replace it.`,
  keyLabel: 'Recovery key',
  keyNote: 'Capital and small letters matter. The characters 0, O, I and l never occur.',
  qrCaption: 'The key as a QR code',
  account: 'Account',
  homeserver: 'Server',
  madeOn: 'Made on',
  keyId: 'Key ID',
  useTitle: 'When you need it',
  useSteps: [
    'Sign in to your account on the new device.',
    'When Holdfast asks for your recovery key, type these twelve groups, or choose the saved file or a photo of this sheet.',
    'Your messages become readable, the most recent ones first.',
  ],
  lostTitle: 'If you lose this sheet',
  lostTitleOfFile: 'If you lose this file',
  lostSteps: (desk) => [
    'Nothing is lost while one of your devices is still signed in. Do not sign out on it.',
    `On that device, make a new recovery key soon: in Holdfast under Settings, Keys.${desk ? ' Your help desk can assist.' : ''}`,
    'Save and print the new key, and destroy old copies.',
  ],
  helpDesk: 'Help desk',
  apartTitle: 'Do not keep this sheet with your device.',
  apart:
    'Not in the laptop bag, not as a photo on your phone, not in your mailbox. A drawer that locks, at home or at work, is a good place.',
  apartTitleOfFile: 'Do not keep this file on your device alone.',
  apartOfFile:
    'An encrypted USB stick or a password manager is a good place, and so is paper: print it too.',
};

const de: SheetWords = {
  documentTitle: (userId) => `Wiederherstellungsschlüssel von ${userId}`,
  kind: 'Wiederherstellungsblatt',
  title: 'Ihr Wiederherstellungsschlüssel',
  textTitle: 'HOLDFAST WIEDERHERSTELLUNGSSCHLÜSSEL',
  purpose: (desk) =>
    `Mit diesem Schlüssel lesen Sie Ihre verschlüsselten Nachrichten auf einem neuen Gerät, auch wenn alle alten verloren sind. Niemand sonst hat ihn: ${desk ? 'Weder Ihr Server noch Ihr Helpdesk kann ihn' : 'Auch Ihr Server kann ihn nicht'} ersetzen.`,
  keyLabel: 'Wiederherstellungsschlüssel',
  keyNote: 'Groß- und Kleinschreibung zählt. Die Zeichen 0, O, I und l kommen nicht vor.',
  qrCaption: 'Der Schlüssel als QR-Code',
  account: 'Konto',
  homeserver: 'Server',
  madeOn: 'Erstellt am',
  keyId: 'Schlüssel-ID',
  useTitle: 'Wenn Sie ihn brauchen',
  useSteps: [
    'Melden Sie sich auf dem neuen Gerät mit Ihrem Konto an.',
    'Fragt Holdfast nach dem Wiederherstellungsschlüssel, geben Sie diese zwölf Gruppen ein, oder wählen Sie die gespeicherte Datei oder ein Foto dieses Blatts.',
    'Ihre Nachrichten werden lesbar, die neuesten zuerst.',
  ],
  lostTitle: 'Wenn Sie dieses Blatt verlieren',
  lostTitleOfFile: 'Wenn Sie diese Datei verlieren',
  lostSteps: (desk) => [
    'Solange noch eines Ihrer Geräte angemeldet ist, ist nichts verloren. Melden Sie sich dort nicht ab.',
    `Erstellen Sie auf diesem Gerät bald einen neuen Wiederherstellungsschlüssel: in Holdfast unter Einstellungen, Schlüssel.${desk ? ' Ihr Helpdesk hilft dabei.' : ''}`,
    'Speichern und drucken Sie den neuen Schlüssel und vernichten Sie alte Kopien.',
  ],
  helpDesk: 'Helpdesk',
  apartTitle: 'Bewahren Sie dieses Blatt nicht beim Gerät auf.',
  apart:
    'Nicht in der Laptoptasche, nicht als Foto im Telefon, nicht im Postfach. Gut liegt es in einer abschließbaren Schublade, zu Hause oder am Arbeitsplatz.',
  apartTitleOfFile: 'Bewahren Sie diese Datei nicht nur auf Ihrem Gerät auf.',
  apartOfFile:
    'Gut liegt sie auf einem verschlüsselten USB-Stick oder in einem Passwortmanager; und auf Papier: Drucken Sie sie auch aus.',
};

export const sheetWords: Readonly<Record<Language, SheetWords>> = { en, de };

/** The day a key was made, as the language writes it. @param at milliseconds since 1970 */
export function sheetDay(at: number, language: Language): string {
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    dateStyle: 'long',
  }).format(at);
}

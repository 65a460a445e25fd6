import type { Language } from '../../preload/model/app';

/** The few words the desktop's own dialogs show. */
interface DialogWords {
  readonly saveKey: string;
  readonly openKey: string;
  readonly exportKeys: string;
  readonly importKeys: string;
  readonly keyFileStem: string;
  readonly exportStem: string;
  readonly saveReport: string;
  readonly reportStem: string;
  readonly textFile: string;
  readonly pdfFile: string;
  readonly savedKey: string;
  readonly openCode: string;
  readonly picture: string;
}

const words: Readonly<Record<Language, DialogWords>> = {
  en: {
    saveKey: 'Save your recovery key',
    openKey: 'Choose the saved recovery key',
    exportKeys: 'Export your message keys',
    importKeys: 'Choose a key file',
    keyFileStem: 'Recovery key',
    exportStem: 'Message keys',
    saveReport: 'Save the report',
    reportStem: 'report',
    textFile: 'Text file',
    pdfFile: 'PDF document',
    savedKey: 'Text file, PDF or picture',
    openCode: 'Choose a picture of the QR code',
    picture: 'Picture',
  },
  de: {
    saveKey: 'Wiederherstellungsschlüssel speichern',
    openKey: 'Gespeicherten Wiederherstellungsschlüssel auswählen',
    exportKeys: 'Nachrichtenschlüssel exportieren',
    importKeys: 'Schlüsseldatei auswählen',
    keyFileStem: 'Wiederherstellungsschlüssel',
    exportStem: 'Nachrichtenschlüssel',
    saveReport: 'Bericht speichern',
    reportStem: 'Bericht',
    textFile: 'Textdatei',
    pdfFile: 'PDF-Dokument',
    savedKey: 'Textdatei, PDF oder Bild',
    openCode: 'Bild des QR-Codes auswählen',
    picture: 'Bild',
  },
};

export function dialogWords(language: Language): DialogWords {
  return words[language];
}

import type { KeyRepair } from '../../../../preload/model/key-repair';
import type { repair as source } from '../../en/keys/repair';
import { grammarOf, type Translation } from '../../language';

const { plural } = grammarOf('de');

export const repair: Translation<typeof source> = {
  repair: {
    buttons: {
      try_again: 'Jetzt noch einmal fragen',
      switch_on: 'Sicherung wieder einschalten',
      upload_now: 'Jetzt hochladen',
      setup: 'Schlüsselsicherung einrichten',
      restore: 'Schlüssel oder Phrase eingeben',
      verify: 'Mit anderem Gerät verifizieren',
      complete: 'Schlüssel oder Phrase eingeben',
      new_key: 'Neuen Wiederherstellungsschlüssel erstellen',
      reset_backup: 'Neue Sicherung anlegen',
      reset_everything: 'Alles neu einrichten',
    } satisfies Record<KeyRepair, string>,
    otherwise: {
      try_again: 'Jetzt noch einmal fragen',
      switch_on: 'Sicherung wieder einschalten',
      upload_now: 'Jetzt hochladen',
      setup: 'Stattdessen Schlüsselsicherung einrichten',
      restore: 'Stattdessen Schlüssel oder Phrase eingeben',
      verify: 'Mit anderem Gerät verifizieren',
      complete: 'Stattdessen Schlüssel oder Phrase eingeben',
      new_key: 'Ich habe ihn nicht: neuen Schlüssel erstellen',
      reset_backup: 'Ich habe kein anderes Gerät: neue Sicherung anlegen',
      reset_everything: 'Ich habe alles verloren',
    } satisfies Record<KeyRepair, string>,
    ways: {
      try_again: 'Unten steht, was zuletzt bekannt war.',
      switch_on: 'Der Schlüssel der Sicherung ist noch hier: Alles, was wartet, kommt dann hinein.',
      upload_now: 'Das geschieht von selbst; der Knopf lässt es nur sofort geschehen.',
      setup: 'Richten Sie jetzt die Schlüsselsicherung ein; das dauert wenige Minuten.',
      restore:
        'Geben Sie Ihren Wiederherstellungsschlüssel oder Ihre Sicherheitsphrase ein; Ihre Nachrichten werden dann nach und nach lesbar.',
      verify:
        'Öffnen Sie ein anderes Ihrer Geräte und verifizieren Sie dieses damit: Was fehlt, kommt dann von selbst hierher.',
      complete:
        'Geben Sie Ihren Wiederherstellungsschlüssel oder Ihre Sicherheitsphrase ein: Holdfast ergänzt, was fehlt, und behält alles, was funktioniert.',
      new_key:
        'Dieses Gerät hat alles Nötige: Erstellen Sie einen neuen Wiederherstellungsschlüssel und bewahren Sie ihn gut auf.',
      reset_backup:
        'Holdfast kann mit allen Schlüsseln dieses Geräts eine neue Sicherung anlegen. Die jetzige bleibt auf dem Server.',
      reset_everything:
        'Es bleibt, alles neu einzurichten. Holdfast rettet vorher jeden Schlüssel, der noch erreichbar ist.',
    } satisfies Record<KeyRepair, string>,
    complete: {
      title: 'Schlüssel oder Phrase eingeben',
      lead: 'Damit stellt Holdfast fest, was fehlt, und ergänzt es aus dem, was dieses Gerät hat.',
      points: [
        'Ob die Sicherung Ihre ist, wird geprüft, bevor etwas hineingelegt wird.',
        'Kein Schlüssel und keine Sicherung wird gelöscht.',
      ],
      submit: 'Prüfen und ergänzen',
      doneTitle: 'Alles ist wieder an seinem Platz',
      done: 'Ihr Wiederherstellungsschlüssel öffnet die Sicherung, und dieses Gerät arbeitet mit ihr.',
      donePoints: [
        'Die Schlüssel dieses Geräts sind auf dem Weg in die Sicherung.',
        'Was hier gefehlt hat, kommt im Hintergrund.',
      ],
      finish: 'Fertig',
      backup_closed: {
        title: 'Der Schlüssel stimmt, gehört aber nicht zu dieser Sicherung',
        text: 'Die Sicherung auf dem Server wurde mit einem anderen Schlüssel angelegt, der weder in Ihrem Konto noch auf diesem Gerät liegt. Nichts ging verloren, und nichts darin wurde verändert.',
      },
      not_verified: {
        title: 'Der Schlüssel stimmt, aber etwas fehlt',
        text: 'Was dieses Gerät zu Ihrem macht, liegt nicht im Geheimnisspeicher Ihres Kontos; deshalb hat Holdfast keine Sicherung angelegt.',
      },
    },
  },
  facts: {
    title: 'Im Einzelnen',
    asOf: (when) => `Stand: ${when}`,
    marks: {
      good: 'Gut',
      attention: 'Braucht Aufmerksamkeit',
      danger: 'In Gefahr',
      unknown: 'Nicht bekannt',
    },
    notKnown: 'Nicht bekannt',
    identity: 'Identität',
    identityAbsent: 'Nicht eingerichtet',
    identityHere: 'Eingerichtet; ihre Schlüssel liegen auf diesem Gerät',
    identityElsewhere: 'Eingerichtet; ihre Schlüssel liegen nicht auf diesem Gerät',
    device: 'Dieses Gerät',
    verified: 'Verifiziert',
    notVerified: 'Nicht verifiziert',
    storage: 'Geheimnisspeicher',
    storageAbsent: 'Keiner',
    storageComplete: 'Enthält Ihre Identität und was die Sicherung öffnet',
    storageBackupOnly: 'Enthält, was die Sicherung öffnet, aber nicht Ihre Identität',
    storageIdentityOnly: 'Enthält Ihre Identität, aber nicht, was die Sicherung öffnet',
    storageEmpty: 'Enthält noch nichts',
    storageNotUnderstood: 'Auf eine Weise angelegt, die diese Version nicht kennt',
    opensKey: 'Öffnet sich mit dem Wiederherstellungsschlüssel',
    opensBoth: 'Öffnet sich mit Wiederherstellungsschlüssel oder Sicherheitsphrase',
    backup: 'Sicherung',
    backupAbsent: 'Keine auf dem Server',
    backupIs: {
      readable: 'Auf dem Server, auf diesem Gerät geöffnet',
      trusted: 'Auf dem Server und Ihre, aber auf diesem Gerät verschlossen',
      untrusted: 'Auf dem Server, nicht als Ihre erwiesen',
    },
    backupNotUnderstood: 'Auf dem Server, auf eine Weise angelegt, die diese Version nicht kennt',
    backupVersion: (version) => `Version ${version}.`,
    madeBy: (device) => `Angelegt von ${device}.`,
    replaced: (when) => `An die Stelle einer anderen getreten; zuerst bemerkt: ${when}.`,
    keys: 'Schlüssel',
    keysBoth: (server, here) =>
      here === null
        ? plural(server, { one: 'Einer in der Sicherung', other: '# in der Sicherung' })
        : `${plural(server, { one: 'Einer', other: '#' })} in der Sicherung, ${plural(here, { one: 'einer', other: '#' })} auf diesem Gerät`,
    waiting: 'Noch hochzuladen',
    waitingKeys: (count) =>
      count === 0 ? 'Keine' : plural(count, { one: 'Ein Schlüssel', other: '# Schlüssel' }),
    uploaded: (when) => `Zuletzt hochgeladen: ${when}`,
    proof: 'Wiederherstellungs\u00ADschlüssel zuletzt geprüft',
    notProved: 'Nicht, seit er erstellt wurde',
    copy: 'Kopie auf diesem Computer',
    noCopy: 'Noch keine',
    rooms: 'Verschlüsselte Räume',
    institution: 'Ihre Organisation',
    required: 'Verlangt eine Schlüsselsicherung',
  },
  report: {
    title: 'Bericht für Ihren Helpdesk',
    text: 'Er sagt, woran es hakt, und enthält keinen Schlüssel, keine Phrase, kein Passwort, keine Nachricht und keinen Namen eines Raums oder Menschen. Er ist auf Englisch, damit ihn jeder Helpdesk weitergeben kann. Lesen Sie ihn zuerst; er verlässt diesen Computer nur, wenn Sie ihn verschicken.',
    copy: 'Kopieren',
    save: 'Als Datei speichern',
    saved: (name) => `Gespeichert als „${name}“.`,
  },
};

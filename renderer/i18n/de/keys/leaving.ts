import { grammarOf, type Translation } from '../../language';
import type { leaving as source } from '../../en/keys/leaving';

const { plural } = grammarOf('de');

/** After prepositions with the genitive or dative alike: „der Verlauf von …“. */
const rooms = (count: number): string =>
  plural(count, { one: 'einem verschlüsselten Raum', other: '# verschlüsselten Räumen' });
const keysOf = (count: number): string =>
  plural(count, { one: 'ein Schlüssel', other: '# Schlüssel' });
export const leaving: Translation<typeof source> = {
  signOut: {
    checkingTitle: 'Abmelden',
    checking: 'Es wird geprüft, ob alle Schlüssel gesichert sind',
    safeTitle: 'Von diesem Gerät abmelden?',
    safe: 'Alle Ihre Schlüssel sind gesichert. Beim nächsten Mal brauchen Sie nur Ihren Wiederherstellungsschlüssel oder Ihre Sicherheitsphrase, um alles wieder zu lesen.',
    safeKeyOnly:
      'Alle Ihre Schlüssel sind gesichert. Beim nächsten Mal brauchen Sie nur Ihren Wiederherstellungsschlüssel, um alles wieder zu lesen.',
    noKeys:
      'Auf diesem Gerät gibt es noch keine Schlüssel; durch das Abmelden geht also nichts verloren.',
    signOut: 'Abmelden',
    pendingTitle: (count) =>
      plural(count, {
        one: 'Ein Schlüssel ist noch nicht gesichert',
        other: '# Schlüssel sind noch nicht gesichert',
      }),
    pending: (count) =>
      plural(count, {
        one: 'Nach dem Abmelden läge er nur noch auf diesem Computer, und Nachrichten, die ihn brauchen, wären nirgends sonst lesbar. Das Sichern dauert meist nur wenige Sekunden.',
        other:
          'Nach dem Abmelden lägen sie nur noch auf diesem Computer, und Nachrichten, die sie brauchen, wären nirgends sonst lesbar. Das Sichern dauert meist nur wenige Sekunden.',
      }),
    pendingOffline:
      'Im Augenblick besteht keine Verbindung. Die Sicherung geht weiter, sobald sie wieder da ist.',
    progress: 'Wird gesichert',
    remaining: (count) => plural(count, { one: 'Noch ein Schlüssel', other: 'Noch # Schlüssel' }),
    wait: 'Warten, dann abmelden',
    waiting: 'Sie werden abgemeldet, sobald der letzte Schlüssel sicher ist.',
    stopWaiting: 'Angemeldet bleiben',
    noBackupTitle: 'Ihre Schlüssel liegen nur auf diesem Gerät',
    noBackup: (roomCount, pending) => {
      const left = pending !== null && pending > 0 ? keysOf(pending) : 'Ihre Schlüssel';
      const history =
        roomCount === 0
          ? 'die Nachrichten, die sich nur damit öffnen,'
          : `den Verlauf von ${rooms(roomCount)}`;
      return `Nach dem Abmelden ${pending === 1 ? 'bleibt' : 'bleiben'} ${left} nur noch auf diesem Computer, verschlüsselt. Auf jedem anderen Gerät, und ohne diesen Computer überall, könnte niemand mehr ${history} lesen.`;
    },
    setUp: 'Schlüsselsicherung einrichten',
    lockedTitle: 'Dieses Gerät gehört noch nicht zur Schlüsselsicherung',
    locked: (pending, phraseKnown) =>
      `${pending !== null && pending > 0 ? `Noch nicht gesichert: ${keysOf(pending)}.` : 'Vielleicht sind noch nicht alle Schlüssel gesichert.'} Nach dem Abmelden ${pending === 1 ? 'läge er' : 'lägen sie'} nur noch auf diesem Computer. Geben Sie zuerst Ihren Wiederherstellungsschlüssel ${phraseKnown ? 'oder Ihre Sicherheitsphrase ' : ''}ein, damit dieses Gerät ${pending === 1 ? 'ihn' : 'sie'} sichern kann.`,
    stuckTitle: 'Ihre Schlüssel werden nicht gesichert',
    stuck: (pending) =>
      `${pending !== null && pending > 0 ? `Nur auf diesem Gerät: ${keysOf(pending)}.` : 'Vielleicht liegen einige Schlüssel nur auf diesem Gerät.'} Nach dem Abmelden ${pending === 1 ? 'läge er' : 'lägen sie'} nur noch auf diesem Computer. Beheben Sie das zuerst, oder exportieren Sie Ihre Schlüssel in eine Datei.`,
    identityTitle: 'Ihre Identität liegt vielleicht nur auf diesem Gerät',
    identity:
      'An der Identität Ihres Kontos erkennen andere, dass Sie es sind. Soweit Holdfast weiß, liegen ihre Schlüssel nur hier. Nach dem Abmelden müssten Sie eine neue einrichten, und alle, die Sie verifiziert haben, müssten das noch einmal tun.',
    identityToo:
      'Auch die Identität Ihres Kontos liegt vielleicht nur auf diesem Gerät. Sich wieder anzumelden bringt sie nicht zurück; alle, die Sie verifiziert haben, müssten das noch einmal tun.',
    uploadedTitle: 'Alle Schlüssel sind gesichert',
    unlock: 'Schlüssel oder Phrase eingeben',
    unlockKeyOnly: 'Wiederherstellungsschlüssel eingeben',
    unknownTitle: 'Holdfast weiß nicht, ob Ihre Schlüssel sicher sind',
    unknown:
      'Der Server ist im Augenblick nicht erreichbar. Deshalb ist nicht gewiss, dass alle Schlüssel gesichert sind. Bitte warten Sie, bis die Verbindung wieder da ist.',
    unsettled:
      'Es ist nicht gewiss, dass alle Schlüssel gesichert sind. Bitte warten Sie einen Augenblick und prüfen Sie erneut.',
    lastKnown: (when, pending) =>
      pending === null || pending === 0
        ? `Bei der letzten Prüfung, ${when}, waren alle Schlüssel in der Sicherung.`
        : `Soweit dieses Gerät seit der letzten Prüfung, ${when}, weiß, noch nicht in der Sicherung: ${keysOf(pending)}.`,
    unreachable:
      'Der Server ist nicht erreichbar. Bleibt es dabei, endet die Sitzung durch das Abmelden nur auf diesem Computer: In der Geräteliste Ihres Kontos bleibt dieses Gerät, bis Sie es von einem anderen aus abmelden.',
    unfinishedTitle: 'Mit Ihren Schlüsseln ist etwas noch nicht abgeschlossen',
    unfinished: {
      carry_over:
        'Schlüssel aus Ihren früheren Anmeldungen an diesem Computer werden noch übernommen und sind vielleicht nicht in der Sicherung. Bitte warten Sie, bis sie hier sind.',
      key_change:
        'Eine Änderung Ihrer Schlüssel ist im Gange. Bitte lassen Sie sie zu Ende gehen oder brechen Sie sie ab, bevor Sie sich abmelden.',
      setup:
        'Die Schlüsselsicherung wird gerade eingerichtet. Bitte lassen Sie das zu Ende gehen, bevor Sie sich abmelden.',
    },
    restoreUnfinished:
      'Noch sind nicht alle Ihre Schlüssel aus der Sicherung da. Der Rest bleibt in ihr: Ihr Wiederherstellungsschlüssel holt ihn, wenn Sie sich wieder angemeldet haben.',
    again: 'Erneut prüfen',
    export: 'Schlüssel in eine Datei exportieren',
    anyway: 'Trotzdem abmelden',
    confirmTitle: 'Abmelden und Nachrichten gefährden?',
    confirm: (roomCount, pending) => {
      if (pending !== null && pending > 0) {
        const where = roomCount === 0 ? '' : ` in bis zu ${rooms(roomCount)}`;
        return `In Gefahr: ${keysOf(pending)} nur auf diesem Gerät und die Nachrichten${where}, die sich nur damit öffnen.`;
      }
      return roomCount === 0
        ? 'In Gefahr: die Schlüssel auf diesem Gerät und damit alle verschlüsselten Nachrichten, die sie öffnen.'
        : `In Gefahr: die Schlüssel auf diesem Gerät und damit der Verlauf von ${rooms(roomCount)}.`;
    },
    confirmForever:
      'Nur wer sich an genau diesem Computer wieder anmeldet, holt sie zurück. Ist er verloren, ersetzt oder neu eingerichtet, kann es niemand: weder Ihr Server noch Ihr Helpdesk.',
    confirmIdentityTitle: 'Abmelden und Identität gefährden?',
    confirmIdentity:
      'In Gefahr: die Identität Ihres Kontos. Sich wieder anzumelden bringt sie nicht zurück; Sie müssten eine neue einrichten, und alle, die Sie verifiziert haben, müssten das noch einmal tun.',
    exported: (fileName) =>
      `Sie haben Ihre Schlüssel nach ${fileName} exportiert. Bewahren Sie die Datei und ihr Kennwort auf: Zusammen sind sie Ihre einzige Kopie.`,
    accept: 'Mir ist klar, dass ich diese Nachrichten vielleicht nie wieder lesen kann.',
    acceptIdentity: 'Mir ist klar, dass ich meine Identität vielleicht neu einrichten muss.',
    confirmAction: 'Ohne Sicherung abmelden',
    back: 'Zurück',
  },
  export: {
    title: 'Schlüssel in eine Datei exportieren',
    lead: 'Die Datei enthält jeden Schlüssel dieses Geräts, geschützt mit einem Kennwort, das Sie jetzt wählen. Matrix-Apps können sie importieren.',
    passphrase: 'Kennwort der Datei',
    passphraseHint: 'Mindestens 12 Zeichen. Ohne das Kennwort lässt sich die Datei nicht öffnen.',
    repeated: 'Kennwort der Datei, noch einmal',
    empty: 'Bitte geben Sie ein Kennwort ein.',
    mismatch: 'Die beiden Eingaben unterscheiden sich.',
    submit: 'Ort wählen und exportieren',
    done: (count, fileName) =>
      plural(count, {
        one: `Ein Schlüssel wurde nach ${fileName} exportiert.`,
        other: `# Schlüssel wurden nach ${fileName} exportiert.`,
      }),
    doneWithout: (count, fileName, unread) =>
      `Nach ${fileName} exportiert: ${keysOf(count)}. Nicht in der Datei, weil dieser Computer ${unread === 1 ? 'ihn' : 'sie'} nicht lesen konnte: ${keysOf(unread)}.`,
  },
  quit: {
    keyNotInUseTitle: 'Ihr neuer Wiederherstellungsschlüssel gilt noch nicht',
    keyNotInUse:
      'Der eben erstellte Wiederherstellungsschlüssel öffnet Ihre Nachrichten erst, wenn die Einrichtung abgeschlossen ist. Beenden Sie Holdfast jetzt, öffnen Kopien davon nichts: weder die Datei noch das ausgedruckte Blatt.',
    finish: 'Bleiben und abschließen',
    anyway: 'Trotzdem beenden',
    pendingTitle: (count) =>
      plural(count, {
        one: 'Ein Schlüssel ist noch nicht gesichert',
        other: '# Schlüssel sind noch nicht gesichert',
      }),
    pending: (count) =>
      plural(count, {
        one: 'Er bleibt auf diesem Gerät und wird gesichert, sobald Holdfast wieder geöffnet ist. Nur wenn dieses Gerät vorher verloren ginge, wäre auch er verloren.',
        other:
          'Sie bleiben auf diesem Gerät und werden gesichert, sobald Holdfast wieder geöffnet ist. Nur wenn dieses Gerät vorher verloren ginge, wären auch sie verloren.',
      }),
    noBackupTitle: 'Ihre Schlüssel liegen nur auf diesem Gerät',
    noBackup: (pending) =>
      `Beim Schließen bleiben Sie angemeldet, und ${pending !== null && pending > 0 ? keysOf(pending) : 'Ihre Schlüssel'} ${pending === 1 ? 'bleibt' : 'bleiben'} auf diesem Gerät. Geht es aber verloren, sind auch Ihre verschlüsselten Nachrichten verloren.`,
    unsureTitle: 'Ihre Schlüssel sind vielleicht nicht gesichert',
    unsure:
      'Beim Schließen bleiben Sie angemeldet: Die Schlüssel bleiben auf diesem Gerät, und Holdfast prüft erneut, sobald es wieder geöffnet ist.',
    uploadedTitle: 'Alle Schlüssel sind gesichert',
    uploaded: 'Sie können Holdfast jetzt beenden; es bleibt nichts zu tun.',
    unfinishedTitle: 'Mittendrin beenden?',
    unfinished: {
      carry_over:
        'Schlüssel aus Ihren früheren Anmeldungen werden noch übernommen. Durch das Beenden geht nichts verloren: Es geht weiter, sobald Holdfast wieder geöffnet ist.',
      key_change:
        'Eine Änderung Ihrer Schlüssel ist im Gange. Durch das Beenden geht nichts verloren: Sie geht weiter, sobald Holdfast wieder geöffnet ist.',
      setup:
        'Die Schlüsselsicherung wird gerade eingerichtet. Durch das Beenden geht nichts verloren: Ist sie beim nächsten Mal nicht fertig, fragt Holdfast nach Ihrem neuen Wiederherstellungsschlüssel und schließt sie ab.',
      restore:
        'Ihre Schlüssel werden noch aus der Sicherung wiederhergestellt. Durch das Beenden geht nichts verloren: Es geht weiter, sobald Holdfast wieder geöffnet ist.',
    },
    wait: 'Warten, dann beenden',
    waiting: 'Holdfast wird beendet, sobald der letzte Schlüssel sicher ist.',
    setUp: 'Schlüsselsicherung einrichten',
    stay: 'Bleiben',
    quit: 'Jetzt beenden',
  },
};

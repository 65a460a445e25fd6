import type { ErrorSentences } from '../error-sentences';
import { grammarOf } from '../language';

const { plural } = grammarOf('de');
const server = (name: string | undefined): string => name ?? 'Der Server';

export const errors: ErrorSentences = {
  bad_request: () =>
    'Diese Anfrage hat Holdfast nicht verstanden. Bitte versuchen Sie es noch einmal; tritt es wieder auf, starten Sie Holdfast neu.',
  not_allowed: () =>
    'Das lässt Holdfast nicht zu. Wenn Sie es brauchen, fragen Sie bitte Ihren Helpdesk.',
  not_ready: () => 'Holdfast startet noch. Bitte versuchen Sie es gleich noch einmal.',
  cancelled: () => 'Abgebrochen. Es wurde nichts geändert.',
  internal: () =>
    'In Holdfast ist etwas schiefgegangen. Bitte versuchen Sie es noch einmal; Ihre Nachrichten und Schlüssel sind nicht betroffen.',

  server_name_invalid: () =>
    'Das ist kein Servername. Er sieht aus wie „example.org“ oder beginnt als Adresse mit https://.',
  server_not_found: (data) =>
    `${server(data.server)} ist nicht zu finden. Prüfen Sie die Schreibweise oder fragen Sie Ihre Organisation nach dem genauen Namen.`,
  server_not_matrix: (data) =>
    `${server(data.server)} antwortet, aber nicht als Matrix-Server. Fragen Sie Ihre Organisation nach dem genauen Namen.`,
  server_certificate: (data) =>
    `${server(data.server)} konnte sich nicht ausweisen, deshalb hat Holdfast keine Verbindung aufgebaut. Prüfen Sie Datum und Netzwerk dieses Computers; stimmt beides, melden Sie das Zertifikat bitte Ihrem Helpdesk.`,
  server_insecure: () =>
    'Diese Adresse beginnt mit http:// und würde alles ungeschützt übertragen. Verwenden Sie eine, die mit https:// beginnt.',
  server_unsupported: (data) =>
    `${server(data.server)} ist zu alt für Holdfast. Bitte sagen Sie den Betreibern Bescheid.`,
  offline: () =>
    'Es besteht keine Netzwerkverbindung. Prüfen Sie sie und versuchen Sie es dann noch einmal.',
  timeout: () =>
    'Der Server hat zu lange nicht geantwortet. Bitte versuchen Sie es gleich noch einmal.',

  wrong_password: () =>
    'Benutzername und Passwort passen nicht zusammen. Prüfen Sie beide und ob die Feststelltaste aktiv ist.',
  account_deactivated: () =>
    'Dieses Konto wurde deaktiviert. Ihr Helpdesk kann Ihnen sagen, warum und was zu tun ist.',
  rate_limited: (data, words) =>
    data.retryAfterMs === undefined
      ? 'Nach mehreren Versuchen bittet der Server um eine Pause. Warten Sie einen Moment und versuchen Sie es dann noch einmal.'
      : `Nach mehreren Versuchen bittet der Server um eine Pause. Wartezeit bis zum nächsten Versuch: ${words.duration(data.retryAfterMs)}.`,
  login_unsupported: () =>
    'Dieser Server bietet keine Anmeldung mit Passwort an, und seine anderen Wege beherrscht Holdfast noch nicht.',
  signed_out_remotely: () =>
    'Dieses Gerät wurde von anderer Stelle abgemeldet. Ihre Schlüssel liegen weiterhin auf diesem Computer; melden Sie sich wieder an, um fortzufahren.',

  keychain_unavailable: () =>
    'Der Passwortspeicher dieses Computers ist nicht vorhanden. Starten oder installieren Sie ihn (unter Linux GNOME-Schlüsselbund oder KWallet) und versuchen Sie es dann noch einmal.',
  keychain_locked: () =>
    'Der Passwortspeicher dieses Computers ist gesperrt. Entsperren Sie ihn mit dem Passwort, mit dem Sie sich am Computer anmelden, und versuchen Sie es dann noch einmal.',
  store_key_missing: () =>
    'Der Schlüssel zu Ihren Nachrichten fehlt im Passwortspeicher dieses Computers. Ist der Speicher noch gesperrt, entsperren Sie ihn und versuchen Sie es noch einmal; andernfalls fragen Sie bitte Ihren Helpdesk, bevor Sie etwas ändern.',
  store_key_wrong: () =>
    'Der Schlüssel im Passwortspeicher dieses Computers passt nicht zu Ihren Nachrichten. Wurde Ihr Profil verschoben oder wiederhergestellt, holen Sie den dazugehörigen Passwortspeicher zurück und versuchen Sie es dann noch einmal.',
  store_damaged: () =>
    'Die Datei mit Ihren Nachrichten ist beschädigt. Holdfast bewahrt sie unverändert auf; löschen Sie nichts und fragen Sie bitte Ihren Helpdesk.',
  store_newer: () =>
    'Ihre Nachrichten wurden zuletzt mit einem neueren Holdfast geöffnet. Aktualisieren Sie Holdfast auf diesem Computer und öffnen Sie es dann erneut.',
  store_in_use: () =>
    'Holdfast ist mit diesem Profil bereits geöffnet. Schließen Sie das andere Fenster und versuchen Sie es dann noch einmal.',
  disk_full: () =>
    'Der Datenträger ist voll. Schaffen Sie Platz und versuchen Sie es dann noch einmal; es ging nichts verloren.',
  disk_read_only: () =>
    'Holdfast darf nicht in seinen Ordner schreiben. Geben Sie ihn frei oder fragen Sie Ihren Helpdesk, dann versuchen Sie es noch einmal.',
  disk_error: () =>
    'Der Datenträger meldet einen Fehler. Versuchen Sie es noch einmal; tritt er wieder auf, sichern Sie diesen Computer und fragen Sie Ihren Helpdesk.',

  phrase_too_weak: () =>
    'Diese Phrase ist zu leicht zu erraten. Ergänzen Sie einige Wörter, die nicht zusammengehören.',
  phrase_is_password: () =>
    'Das ist Ihr Kontopasswort. Wählen Sie eine andere Phrase, damit das eine nicht das andere verrät.',
  phrase_mismatch: () =>
    'Die beiden Eingaben unterscheiden sich. Bitte geben Sie die Phrase noch einmal ein.',
  proof_mismatch: () =>
    'Das stimmt nicht mit Ihrem Wiederherstellungsschlüssel überein. Vergleichen Sie mit Ihrer gespeicherten oder gedruckten Kopie.',
  key_mistyped: (data) =>
    data.groups === undefined || data.groups.length === 0
      ? 'Irgendwo in diesem Wiederherstellungsschlüssel ist ein Tippfehler. Vergleichen Sie ihn Gruppe für Gruppe mit Ihrer Kopie; oft ist es ein Groß- oder Kleinbuchstabe.'
      : `In ${plural(data.groups.length, {
          one: 'Gruppe',
          other: 'den Gruppen',
        })} ${data.groups.join(', ')} dieses Wiederherstellungsschlüssels ist ein Tippfehler. Vergleichen Sie mit Ihrer Kopie.`,
  key_incomplete: () =>
    'Dieser Wiederherstellungsschlüssel ist nicht vollständig. Er hat 48 Zeichen in 12 Vierergruppen.',
  key_not_found: () =>
    'In diesem Text steht kein Wiederherstellungsschlüssel. Wählen Sie die gespeicherte Datei oder geben Sie den Schlüssel selbst ein.',
  key_wrong: () =>
    'Das ist ein Wiederherstellungsschlüssel, aber nicht der dieses Kontos. Suchen Sie eine neuere Kopie; jede neue Einrichtung erzeugt einen neuen Schlüssel.',
  phrase_wrong: () =>
    'Das ist nicht die Sicherheitsphrase dieses Kontos. Sie ist nicht Ihr Kontopasswort; achten Sie auf Großschreibung und Leerzeichen.',
  key_unverifiable: () =>
    'Der Server hat nichts, woran sich dieser Schlüssel prüfen ließe, deshalb hat Holdfast ihn nicht verwendet. Nutzen Sie stattdessen die Verifizierung mit einem anderen Gerät.',
  backup_missing: () => 'Für dieses Konto liegt keine Schlüsselsicherung auf dem Server.',
  backup_key_mismatch: () =>
    'Der Wiederherstellungsschlüssel stimmt, aber die Schlüsselsicherung wurde mit einem anderen erstellt. Öffnen Sie ein Gerät, das Ihre Nachrichten noch lesen kann, und richten Sie die Sicherung dort neu ein.',
  backup_exists: () =>
    'Dieses Konto hat bereits eine Schlüsselsicherung. Stellen Sie daraus wieder her, statt eine neue anzulegen.',
  reauth_required: () =>
    'Der Server möchte sichergehen, dass Sie es sind. Bitte geben Sie Ihr Kontopasswort ein.',
  secrets_not_here: () =>
    'Diesem Gerät fehlt etwas, das dafür nötig ist. Bitte geben Sie zuerst Ihren Wiederherstellungsschlüssel ein oder verifizieren Sie dieses Gerät.',
  changed_elsewhere: () =>
    'Ein anderes Gerät hat die Schlüsselsicherung inzwischen geändert, deshalb hat Holdfast angehalten. Nichts ging verloren. Sehen Sie in den Einstellungen unter „Schlüsselzustand“ nach und beginnen Sie von dort neu.',
  snapshot_locked: () =>
    'Diese Kopie stammt aus der Zeit, bevor der Speicher auf diesem Computer neu begonnen wurde. Sie öffnet sich mit dem Wiederherstellungsschlüssel von damals.',
  old_key_unknown: () =>
    'Damit öffnet sich nichts, was der Server noch für dieses Konto aufbewahrt. Prüfen Sie, ob es zu einem anderen Konto gehört, oder suchen Sie eine andere Kopie.',
  old_backup_gone: () =>
    'Das war ein Schlüssel dieses Kontos, aber die Sicherung, die er öffnete, liegt nicht mehr auf dem Server. Ein Gerät, das damals angemeldet war, eine Schlüsseldatei oder eine Kopie auf einem Computer kann ihre Schlüssel noch haben.',
  key_current: () =>
    'Das ist Ihr jetziger Wiederherstellungsschlüssel. Er öffnet Ihre jetzige Sicherung; etwas Älteres, das er öffnet, liegt nicht auf dem Server.',
  policy_required: () =>
    'Ihre Organisation verlangt diesen Schritt. Er lässt sich nicht überspringen.',
  keys_pending: (data) =>
    data.count === undefined
      ? 'Einige Schlüssel sind noch nicht gesichert. Warten Sie, bis sie es sind.'
      : plural(data.count, {
          one: 'Ein Schlüssel ist noch nicht gesichert. Warten Sie, bis er es ist.',
          other: '# Schlüssel sind noch nicht gesichert. Warten Sie, bis sie es sind.',
        }),
  passphrase_wrong: () =>
    'Dieses Kennwort öffnet Holdfast nicht. Achten Sie auf Großschreibung, Leerzeichen und die Tastaturbelegung.',
  code_not_found: () =>
    'In diesem Bild ist kein lesbarer QR-Code. Nehmen Sie ihn gerade von vorn auf, ganz und mit etwas Weiß darum, als PNG oder JPEG.',
  code_wrong: () =>
    'Dieser Code gehört nicht zu dieser Verifizierung. Nehmen Sie den Code, den die andere Seite jetzt zeigt; passt auch der nicht, brechen Sie ab und vergleichen Sie Emoji.',
  device_gone: () => 'Dieses Gerät ist nicht mehr angemeldet. Die Liste zeigt die jetzigen.',
  devices_needed: () =>
    'Dieses Gerät kann Ihren Verlauf noch nicht allein lesen, deshalb bleiben die anderen angemeldet. Schließen Sie zuerst die Wiederherstellung ab.',
  identity_changed: () =>
    'Jemand in diesem Raum hat eine neue Identität. Sehen Sie zuerst den Hinweis über der Nachricht an.',
  verify_own_first: () =>
    'Dieses Gerät ist selbst noch nicht verifiziert. Verifizieren Sie es mit einem anderen Ihrer Geräte oder Ihrem Wiederherstellungsschlüssel, danach andere Personen.',
  passphrase_too_short: () =>
    'Dieses Kennwort ist zu kurz, um Ihre Schlüssel zu schützen. Wählen Sie ein längeres.',
  file_too_large: () =>
    'Diese Datei ist größer als jede, die Holdfast hier verwenden kann. Bitte wählen Sie eine andere.',
  file_damaged: () =>
    'Diese Datei lässt sich nicht lesen: Sie ist beschädigt oder nicht das, was ihr Name sagt. Nehmen Sie eine andere Kopie, oder tippen Sie den Schlüssel ab.',
  file_locked: () =>
    'Dieses PDF ist mit einem Kennwort geschützt. Öffnen Sie es in Ihrem PDF-Programm und tippen Sie den Schlüssel dort ab.',
  file_unknown: () =>
    'Diese Art von Datei kann Holdfast nicht lesen. Es liest Textdateien, PDFs und Bilder im Format PNG oder JPEG.',
  key_file_unknown: () =>
    'Das ist keine Schlüsseldatei. Eine Schlüsseldatei beginnt mit „BEGIN MEGOLM SESSION DATA“; Matrix-Apps erstellen sie, wenn Sie Ihre Schlüssel exportieren.',
  key_file_damaged: () =>
    'Diese Schlüsseldatei ist beschädigt oder unvollständig. Es wurde nichts importiert. Nehmen Sie eine andere Kopie, oder exportieren Sie noch einmal.',
  key_file_passphrase: () =>
    'Dieses Kennwort öffnet die Datei nicht. Achten Sie auf Großschreibung und Leerzeichen. Sind Sie sich sicher, wurde die Datei vielleicht verändert oder beschädigt.',

  room_not_found: () => 'Diesen Raum gibt es nicht mehr, oder Sie sind nicht mehr darin.',
  already_in_room: () => 'Diese Person ist schon in dem Raum.',
  forbidden: () =>
    'Dazu fehlt Ihnen hier die Berechtigung. Fragen Sie jemanden, der den Raum verwaltet.',
  message_too_long: () =>
    'Diese Nachricht ist zu lang, um in einem Stück gesendet zu werden. Teilen Sie sie auf.',
  server_error: () =>
    'Der Server meldet einen Fehler. Bitte versuchen Sie es in einigen Minuten noch einmal.',
};

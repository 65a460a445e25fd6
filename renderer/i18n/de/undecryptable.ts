import type { Translation } from '../language';
import type { undecryptable as source } from '../en/undecryptable';
import { grammarOf } from '../language';

const { plural } = grammarOf('de');

export const undecryptable: Translation<typeof source> = {
  preview: 'Verschlüsselte Nachricht',
  reasons: {
    key_missing:
      'Der Schlüssel zu dieser Nachricht ist auf diesem Gerät noch nicht angekommen. Er kann noch eintreffen; Holdfast versucht es weiter.',
    shared_from_later:
      'Dieses Gerät hat den Schlüssel nur für spätere Nachrichten erhalten. Hat ein anderes Ihrer Geräte ihn ganz, kommt er über Ihre Schlüsselsicherung.',
    not_in_backup:
      'Diese Nachricht ist älter als dieses Gerät, und ihr Schlüssel liegt noch nicht in Ihrer Schlüsselsicherung. Kann ein anderes Ihrer Geräte sie lesen, öffnen Sie Holdfast dort für eine Weile.',
    key_in_backup:
      'Der Schlüssel zu dieser Nachricht liegt in Ihrer Schlüsselsicherung. Stellen Sie sie mit Ihrem Wiederherstellungsschlüssel wieder her, um die Nachricht zu lesen.',
    backup_not_set_up:
      'Diese Nachricht ist älter als dieses Gerät, und es gab keine Schlüsselsicherung. Kann ein anderes Ihrer Geräte sie lesen, exportieren Sie dort die Schlüssel in eine Datei und importieren Sie sie hier.',
    sent_before_joining:
      'Diese Nachricht wurde gesendet, bevor Sie beigetreten sind, und ihr Schlüssel wurde nicht mit Ihnen geteilt.',
    history_not_shared:
      'Diese Nachricht ist von vor Ihrem Beitritt, und mit der Einladung wurden keine früheren Schlüssel weitergegeben.',
    withheld_unverified:
      'Diese Nachricht ging nur an verifizierte Geräte. Verifizieren Sie dieses Gerät: Dann kommen die nächsten an, und auch diese, falls ein anderes Ihrer Geräte sie hat.',
    withheld_blocked: 'Der Schlüssel zu dieser Nachricht wurde nicht an dieses Gerät gesendet.',
    withheld_no_channel:
      'Als diese Nachricht gesendet wurde, kam keine sichere Verbindung zu diesem Gerät zustande. Die nächsten sollten ankommen; diese kann noch von einem anderen Ihrer Geräte kommen.',
    withheld_unavailable:
      'Das Gerät, das nach dem Schlüssel zu dieser Nachricht gefragt wurde, hat ihn nicht. Ein anderes hat ihn vielleicht; Holdfast versucht es weiter.',
    sender_identity_changed:
      'Die Identität der Absenderin oder des Absenders hat sich seit der Verifizierung geändert, deshalb wird diese Nachricht zurückgehalten. Verifizieren Sie die Person erneut.',
    sender_unverified_device:
      'Diese Nachricht stammt von einem Gerät, das noch nicht bestätigt wurde; bis dahin wird sie zurückgehalten.',
    damaged: 'Diese Nachricht kam beschädigt an und lässt sich nicht entschlüsseln.',
    still_decrypting: 'Diese Nachricht wird gerade entschlüsselt.',
    other:
      'Diese Nachricht ließ sich nicht entschlüsseln. Holdfast versucht es erneut, sobald neue Schlüssel eintreffen.',
  },
  reasonsOfSeveral: {
    key_missing:
      'Die Schlüssel zu diesen Nachrichten sind auf diesem Gerät noch nicht angekommen. Sie können noch eintreffen; Holdfast versucht es weiter.',
    shared_from_later:
      'Dieses Gerät hat Schlüssel nur für spätere Nachrichten erhalten. Hat ein anderes Ihrer Geräte sie ganz, kommen sie über Ihre Schlüsselsicherung.',
    not_in_backup:
      'Diese Nachrichten sind älter als dieses Gerät, und ihre Schlüssel liegen noch nicht in Ihrer Schlüsselsicherung. Kann ein anderes Ihrer Geräte sie lesen, öffnen Sie Holdfast dort für eine Weile.',
    key_in_backup:
      'Die Schlüssel zu diesen Nachrichten liegen in Ihrer Schlüsselsicherung. Stellen Sie sie mit Ihrem Wiederherstellungsschlüssel wieder her, um die Nachrichten zu lesen.',
    backup_not_set_up:
      'Diese Nachrichten sind älter als dieses Gerät, und es gab keine Schlüsselsicherung. Kann ein anderes Ihrer Geräte sie lesen, exportieren Sie dort die Schlüssel in eine Datei und importieren Sie sie hier.',
    sent_before_joining:
      'Diese Nachrichten wurden gesendet, bevor Sie beigetreten sind, und ihre Schlüssel wurden nicht mit Ihnen geteilt.',
    history_not_shared:
      'Diese Nachrichten sind von vor Ihrem Beitritt, und mit der Einladung wurden keine früheren Schlüssel weitergegeben.',
    withheld_unverified:
      'Diese Nachrichten gingen nur an verifizierte Geräte. Verifizieren Sie dieses Gerät: Dann kommen die nächsten an, und auch diese, falls ein anderes Ihrer Geräte sie hat.',
    withheld_blocked: 'Die Schlüssel zu diesen Nachrichten wurden nicht an dieses Gerät gesendet.',
    withheld_no_channel:
      'Als diese Nachrichten gesendet wurden, kam keine sichere Verbindung zu diesem Gerät zustande. Die nächsten sollten ankommen; diese können noch von einem anderen Ihrer Geräte kommen.',
    withheld_unavailable:
      'Das Gerät, das nach den Schlüsseln zu diesen Nachrichten gefragt wurde, hat sie nicht. Ein anderes hat sie vielleicht; Holdfast versucht es weiter.',
    sender_identity_changed:
      'Die Identität der Absenderin oder des Absenders hat sich seit der Verifizierung geändert, deshalb werden diese Nachrichten zurückgehalten. Verifizieren Sie die Person erneut.',
    sender_unverified_device:
      'Diese Nachrichten stammen von einem Gerät, das noch nicht bestätigt wurde; bis dahin werden sie zurückgehalten.',
    damaged: 'Diese Nachrichten kamen beschädigt an und lassen sich nicht entschlüsseln.',
    still_decrypting: 'Diese Nachrichten werden gerade entschlüsselt.',
    other:
      'Diese Nachrichten ließen sich nicht entschlüsseln. Holdfast versucht es erneut, sobald neue Schlüssel eintreffen.',
  },
  actions: {
    restore: 'Schlüssel wiederherstellen',
    import_keys: 'Schlüsseldatei importieren',
    verify_device: 'Dieses Gerät verifizieren',
    verify_sender: (name) => `${name} verifizieren`,
    look_again: 'Jetzt noch einmal suchen',
  },
  looking: 'Ihre Schlüsselsicherung wird gefragt …',
  chances: {
    by_itself: 'Kann noch von selbst eintreffen',
    by_you: 'Sie können etwas tun',
    none: 'Kommt auf diesem Gerät nicht mehr an',
  },
  notice: (count) =>
    plural(count, {
      one: '# hier gezeigte Nachricht ist nicht lesbar',
      other: '# hier gezeigte Nachrichten sind nicht lesbar',
    }),
  why: 'Warum?',
  listTitle: 'Nachrichten, die nicht lesbar sind',
  listLead: (room) =>
    `Unter den geladenen Nachrichten in ${room}. Blättern Sie im Raum nach oben, um frühere zu laden.`,
  at: (name, count, time) =>
    count === 1
      ? `${name} · ${time}`
      : `${name} · ${plural(count, { one: '# Nachricht', other: '# Nachrichten' })} · ${time}`,
  more: (count) => plural(count, { one: 'und # weitere', other: 'und # weitere' }),
  allReadable: 'Alle hier geladenen Nachrichten sind jetzt lesbar.',
};

/**
 * Every setting an organisation can manage, once: its type, its default, what holds where its value
 * is not valid, and what it is for. Whatever shows or documents the settings reads this list.
 */
import { z } from 'zod';
import type { Language } from '../../preload/model/app';
import type { ManagedName } from '../../preload/model/policy';
import { helpDesks } from './help-desks';

interface Setting<Schema extends z.ZodType> {
  readonly type: Schema;
  readonly default: z.output<Schema>;
  /** Holds in place of a mandatory value that is not valid: a typing mistake lifts no rule. */
  readonly strictest: z.output<Schema>;
  readonly sentence: Readonly<Record<Language, string>>;
  /** The first version that knows it. */
  readonly since: string;
}

const setting = <Schema extends z.ZodType>(declared: Setting<Schema>): Setting<Schema> => declared;

export const managedSettings = {
  keyBackupRequired: setting({
    type: z.boolean(),
    default: false,
    strictest: true,
    sentence: {
      en: 'Key backup must be set up before messages can be sent.',
      de: 'Die Schlüsselsicherung muss eingerichtet sein, bevor Nachrichten gesendet werden.',
    },
    since: '0.1.0',
  }),
  setupMethods: setting({
    type: z.array(z.enum(['key', 'phrase'])).min(1),
    default: ['key', 'phrase'],
    strictest: ['key'],
    sentence: {
      en: 'How key backup may be set up: with a generated recovery key, or with a security phrase.',
      de: 'Wie die Schlüsselsicherung eingerichtet werden darf: mit einem erzeugten Wiederherstellungsschlüssel oder mit einer Sicherheitsphrase.',
    },
    since: '0.1.0',
  }),
  minimumPhraseStrength: setting({
    type: z.number().int().min(12).max(30),
    default: 12,
    strictest: 18,
    sentence: {
      en: 'The weakest security phrase that is accepted, in powers of ten of guesses.',
      de: 'Die schwächste Sicherheitsphrase, die angenommen wird, in Zehnerpotenzen von Versuchen.',
    },
    since: '0.1.0',
  }),
  reminderInterval: setting({
    type: z.number().int().min(1).max(168),
    default: 24,
    strictest: 24,
    sentence: {
      en: 'For how many hours the reminder to set up key backup can be put off.',
      de: 'Für wie viele Stunden die Erinnerung an die Schlüsselsicherung verschoben werden kann.',
    },
    since: '0.1.0',
  }),
  drillInterval: setting({
    type: z.number().int().min(7).max(366),
    default: 182,
    strictest: 182,
    sentence: {
      en: 'After how many days at most the recovery key is to be checked again.',
      de: 'Nach wie vielen Tagen der Wiederherstellungsschlüssel spätestens erneut geprüft wird.',
    },
    since: '0.1.0',
  }),
  helpDesk: setting({
    type: helpDesks,
    default: { en: null, de: null },
    strictest: { en: null, de: null },
    sentence: {
      en: 'Where people get help: shown on the recovery sheet, when restoring, and before signing out.',
      de: 'Wo es Hilfe gibt: auf dem Wiederherstellungsblatt, beim Wiederherstellen und vor dem Abmelden.',
    },
    since: '0.1.0',
  }),
  appPassphraseAllowed: setting({
    type: z.boolean(),
    default: true,
    strictest: false,
    sentence: {
      en: 'Whether an app passphrase may protect what is stored on this computer.',
      de: 'Ob eine App-Passphrase schützen darf, was auf diesem Computer gespeichert ist.',
    },
    since: '0.1.0',
  }),
  verificationRequired: setting({
    type: z.boolean(),
    default: false,
    strictest: true,
    sentence: {
      en: 'Messages can be sent only from a verified device.',
      de: 'Nachrichten können nur von einem verifizierten Gerät gesendet werden.',
    },
    since: '0.1.0',
  }),
  onlyVerifiedDevices: setting({
    type: z.boolean(),
    default: false,
    strictest: true,
    sentence: {
      en: 'Messages go to verified devices only.',
      de: 'Nachrichten gehen nur an verifizierte Geräte.',
    },
    since: '0.1.0',
  }),
} satisfies Record<ManagedName, unknown>;

export type ManagedValue<Name extends ManagedName> = z.output<
  (typeof managedSettings)[Name]['type']
>;

export const managedNames = Object.keys(managedSettings) as readonly ManagedName[];

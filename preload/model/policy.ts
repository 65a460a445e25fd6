import type { Language } from './app';

/** Names of the settings an organisation can manage (main/policy/managed-settings.ts declares them). */
export type ManagedName =
  | 'keyBackupRequired'
  | 'setupMethods'
  | 'minimumPhraseStrength'
  | 'reminderInterval'
  | 'drillInterval'
  | 'helpDesk'
  | 'appPassphraseAllowed'
  | 'verificationRequired'
  | 'onlyVerifiedDevices';

/** Whom people ask for help. Plain text; the link has passed the app's gate for links. */
export interface HelpDesk {
  readonly text: string;
  readonly link: string | null;
  readonly phone: string | null;
}

/** What the organisation that looks after this computer has set. */
export interface OrganisationPolicy {
  /** Only what somebody has set; the others are at their defaults. */
  readonly settings: readonly ManagedSetting[];
  readonly helpDesk: Readonly<Record<Language, HelpDesk | null>>;
  readonly problems: readonly PolicyProblem[];
  /** The weakest security phrase that is accepted, in powers of ten of guesses. */
  readonly phraseStrength: number;
  /** What the person has no choice about; main refuses it too. */
  readonly locks: readonly PolicyLock[];
}

/** `appPassphrase`: none may be chosen. `onlyVerifiedDevices`: on or off for all rooms as it is. */
export type PolicyLock = 'appPassphrase' | 'onlyVerifiedDevices';

export interface ManagedSetting {
  readonly name: ManagedName;
  readonly sentence: Readonly<Record<Language, string>>;
  /** As JSON; shortened. */
  readonly value: string;
  /** Mandatory values leave no choice, recommended ones do. */
  readonly level: 'mandatory' | 'recommended';
  /** The file it comes from. */
  readonly from: string;
  /** What is set there is not valid: while it is mandatory, the strictest value holds instead. */
  readonly malformed: boolean;
}

export interface PolicyProblem {
  /** The file, or the folder. */
  readonly from: string;
  /**
   * `unsafe`: others than the administrator could have written it. `unreadable`: it is there and
   * can't be read. `malformed`: it is not what a policy file looks like. `unknown_setting`: it sets
   * something this version does not know.
   */
  readonly reason: 'unsafe' | 'unreadable' | 'malformed' | 'unknown_setting';
  /** The setting that is not known. */
  readonly name?: string;
}

/** What the state of the keys rests on, as lines of plain words, each with a mark of its own. */
import type { KeyFindings } from '../../../preload/model/key-findings';
import type { KeyHealth } from '../../../preload/model/keys';
import type { I18n } from '../../i18n/i18n.svelte';
import type { KeyLight } from './key-light';

export interface KeyFact {
  readonly name: string;
  readonly mark: KeyLight | 'neutral';
  readonly value: string;
  readonly detail?: string | undefined;
}

type Words = I18n['t']['keys']['facts'];

/** @param proved when the recovery key was last proven; null: never, undefined: there is none */
export function keyFacts(
  i18n: I18n,
  health: KeyHealth,
  proved: number | null | undefined,
): readonly KeyFact[] {
  const t = i18n.t.keys.facts;
  const { findings, pendingKeys, snapshotAt } = health;
  return [
    ...(findings === null ? [] : foundFacts(i18n, t, health, findings)),
    {
      name: t.waiting,
      mark: pendingKeys === null ? 'unknown' : pendingKeys === 0 ? 'good' : 'attention',
      value: pendingKeys === null ? t.notKnown : t.waitingKeys(pendingKeys),
      detail:
        findings?.allUploadedAt == null
          ? undefined
          : t.uploaded(inSentence(i18n, findings.allUploadedAt)),
    },
    ...(proved === undefined
      ? []
      : [
          {
            name: t.proof,
            mark: proved === null ? ('neutral' as const) : ('good' as const),
            value: proved === null ? t.notProved : moment(i18n, proved),
          },
        ]),
    {
      name: t.copy,
      mark: snapshotAt === null ? 'neutral' : 'good',
      value: snapshotAt === null ? t.noCopy : moment(i18n, snapshotAt),
    },
    { name: t.rooms, mark: 'neutral', value: i18n.number(health.encryptedRooms) },
    ...(health.policy.setupRequired
      ? [{ name: t.institution, mark: 'neutral' as const, value: t.required }]
      : []),
  ];
}

function foundFacts(
  i18n: I18n,
  t: Words,
  health: KeyHealth,
  { identity, identityKeysHere, storage, backup, keysHere }: KeyFindings,
): readonly KeyFact[] {
  const isThere = identity !== 'absent';
  return [
    {
      name: t.identity,
      mark: isThere ? 'good' : 'attention',
      value: !isThere ? t.identityAbsent : identityKeysHere ? t.identityHere : t.identityElsewhere,
    },
    {
      name: t.device,
      mark: identity === 'verified' ? 'good' : 'attention',
      value: identity === 'verified' ? t.verified : t.notVerified,
    },
    storageFact(t, storage, health.phraseKnown),
    backupFact(i18n, t, backup),
    {
      name: t.keys,
      mark: 'neutral',
      value: t.keysBoth(backup?.keys ?? 0, keysHere),
    },
  ];
}

function storageFact(t: Words, storage: KeyFindings['storage'], phraseKnown: boolean): KeyFact {
  if (storage === null) return { name: t.storage, mark: 'danger', value: t.storageAbsent };
  const { holdsBackupKey, holdsIdentity, understood = true } = storage;
  if (!understood) {
    return { name: t.storage, mark: 'attention', value: t.storageNotUnderstood };
  }
  const held = holdsBackupKey
    ? holdsIdentity
      ? t.storageComplete
      : t.storageBackupOnly
    : holdsIdentity
      ? t.storageIdentityOnly
      : t.storageEmpty;
  return {
    name: t.storage,
    mark: holdsBackupKey && holdsIdentity ? 'good' : 'attention',
    value: held,
    detail: phraseKnown ? t.opensBoth : t.opensKey,
  };
}

function backupFact(i18n: I18n, t: Words, backup: KeyFindings['backup']): KeyFact {
  if (backup === null) return { name: t.backup, mark: 'danger', value: t.backupAbsent };
  const { trust, version, madeBy, replacedAt, understood = true } = backup;
  const details = [
    t.backupVersion(version),
    ...(madeBy === null ? [] : [t.madeBy(madeBy.name ?? madeBy.deviceId)]),
    ...(replacedAt === null ? [] : [t.replaced(inSentence(i18n, replacedAt))]),
  ];
  return {
    name: t.backup,
    mark: trust === 'readable' ? 'good' : trust === 'trusted' ? 'attention' : 'danger',
    value: understood ? t.backupIs[trust] : t.backupNotUnderstood,
    detail: details.join(' '),
  };
}

/** As {@link moment}, within a sentence. */
export function inSentence(i18n: I18n, at: number): string {
  return isToday(at) ? i18n.time(at) : i18n.dayAndTime(at, Date.now());
}

/** Today's without its day. @param at milliseconds since 1970 */
function moment(i18n: I18n, at: number): string {
  return isToday(at) ? i18n.time(at) : `${i18n.day(at, Date.now())}, ${i18n.time(at)}`;
}

function isToday(at: number): boolean {
  return new Date(at).toDateString() === new Date().toDateString();
}

import type { KeyFindings } from '../../../../preload/model/key-findings';
import type { KeyHealth as KeyHealthSnapshot, KeyState } from '../../../../preload/model/keys';
import { isChanging } from '../change/plan';
import type { KeysContext } from '../keys-context';
import { OldBackups } from '../repair/old-backups';
import { repairFor } from '../repair/repair-for';
import { AccountPolicy } from '../server/key-policy';
import type { KeyCounts } from '../server/pending-keys';
import { lastSnapshotAt } from '../snapshot/snapshots';
import { AskAgain } from './ask-again';
import { deriveKeyState } from './derive-key-state';
import { findingsOf, storedFindings, storeFindings } from './findings';
import { surveyKeys, waitingKeys, type KeySurvey } from './gather-key-facts';
import { KeyDemands } from './key-demand';
import { writesBackup } from './key-facts';
import { lastKnownOf, type LastKnown } from './last-known';
import { Reminder } from './reminder';
import { singleFlight } from './single-flight';
import { MendedUploads } from './mend-uploads';
import { takeUpBackup } from './take-up-backup';
import { watchKeys } from './watch-keys';

const longestTimerMs = 2_147_483_647;

/** Watches everything the keys' state depends on and tells the windows. */
export class KeyHealth {
  readonly #context: KeysContext;
  readonly #policy: AccountPolicy;
  readonly #demands: KeyDemands;
  readonly #reminder: Reminder;
  readonly #oldBackups: OldBackups;
  readonly #uploads: MendedUploads;
  readonly #askAgain: AskAgain;
  #survey: KeySurvey | null = null;
  #lastKnown: LastKnown | null;
  #findings: KeyFindings | null;
  #reminderTimer: NodeJS.Timeout | null = null;

  constructor(context: KeysContext) {
    const { account, store } = context;
    this.#context = context;
    this.#policy = new AccountPolicy(context);
    this.#demands = new KeyDemands(store.crypto.records, account.deviceId, () => ({
      keys: this.policy,
      verification: this.#policy.managed.verificationRequired.value,
    }));
    this.#findings = storedFindings(context);
    this.#lastKnown = lastKnownOf(context.topics.keys.value);
    this.#reminder = new Reminder(store.crypto.records, account.userId, () => {
      const { level, value } = this.#policy.managed.reminderInterval;
      return level === 'default' ? null : value;
    });
    this.#uploads = new MendedUploads(context);
    this.#oldBackups = new OldBackups(context, () => void this.refresh());
    this.#askAgain = new AskAgain(() => void this.refresh(), context.stopped);
    watchKeys(
      context,
      () => void this.refresh(),
      () => void this.recount(),
    );
    context.stopped.addEventListener('abort', () => this.#wakeAt(null), { once: true });
    const unmanage = context.managed.subscribe(() => this.#publish());
    context.stopped.addEventListener('abort', unmanage, { once: true });
    void this.#askPolicy();
  }

  get state(): KeyState {
    return this.#survey === null ? 'unknown' : deriveKeyState(this.#survey.facts);
  }

  get survey(): KeySurvey | null {
    return this.#survey;
  }

  /** Which survey last counted the keys that wait, and when; it stays when a later one can't. */
  get lastKnown(): LastKnown | null {
    return this.#lastKnown;
  }

  /** What the state rests on, as far as it was last told. */
  get findings(): KeyFindings | null {
    return this.#findings;
  }

  get policy(): KeyHealthSnapshot['policy'] {
    return this.#policy.keys;
  }

  get oldBackups(): OldBackups {
    return this.#oldBackups;
  }

  get demands(): KeyDemands {
    return this.#demands;
  }

  get encryptedRooms(): number {
    return this.#context.client
      .getRooms()
      .filter((room) => room.getMyMembership() === 'join' && room.hasEncryptionStateEvent()).length;
  }

  /** Asks everything anew; resolves when a survey begun after this call has been told. */
  readonly refresh = singleFlight(async () => {
    void this.#askPolicy();
    const seen = this.#context.turn.freeTime;
    let survey = await this.#look();
    if (survey !== null && !this.#stopped) {
      const tookUp = await takeUpBackup(this.#context, survey, seen, this.#lookAgain).catch(
        () => false,
      );
      const mended = await this.#uploads.mend(survey).catch(() => false);
      if (tookUp || mended) survey = await this.#look();
    }
    if (survey !== null && !this.#stopped) {
      await this.#oldBackups.follow(survey).catch(() => undefined);
      // What was read of one meanwhile is to be counted.
      if (survey.facts.oldBackupWaits && !this.#oldBackups.wait) survey = await this.#look();
    }
    if (survey !== null && !this.#stopped) {
      survey = withOldBackup(survey, this.#oldBackups.wait);
      await this.#find(survey).catch(() => undefined);
    }
    if (this.#stopped) return;
    this.#askAgain.after(survey !== null && survey.problem === null);
    this.#survey = survey;
    const pendingKeys = survey?.facts.pendingKeys ?? null;
    if (pendingKeys !== null && this.state !== 'unknown') {
      this.#lastKnown = { pendingKeys, at: Date.now() };
    }
    if (survey?.backup != null && writesBackup(survey.facts)) {
      this.#context.knownBackup.remember(survey.backup.version);
    }
    this.#publish();
  });

  readonly #lookAgain = (): void => {
    if (!this.#stopped) void this.refresh();
  };

  /** What can't be surveyed at all is as unknown as what was not answered. */
  async #look(): Promise<KeySurvey | null> {
    if (this.#stopped) return null;
    return surveyKeys(this.#context, this.#oldBackups.wait).catch(() => null);
  }

  /** Keeps what is known; where not everything is, what was known before stays. */
  async #find(survey: KeySurvey): Promise<void> {
    const found = await findingsOf(this.#context, survey, this.#findings, Date.now());
    if (found === null || this.#stopped) return;
    this.#findings = found;
    storeFindings(this.#context, found);
  }

  /** Lets all keys that the server lacks be uploaded once more, though that was tried before. */
  mendUploads(): Promise<void> {
    this.#uploads.tryAgain();
    return this.refresh();
  }

  /** Counts the keys that wait for backup; where some got there, asks how many it has now. */
  readonly recount = singleFlight(async () => {
    const counts = await this.#context.pendingKeys.count().catch(() => null);
    if (this.#stopped || this.#survey === null) return;
    const { facts, missingKeys, counts: before } = this.#survey;
    const backup = facts.backup === 'unknown' ? facts.backup : this.#survey.backup;
    const pendingKeys =
      counts === null ? null : waitingKeys(this.#context, counts, backup, missingKeys);
    this.#survey = { ...this.#survey, facts: { ...facts, pendingKeys }, counts };
    // They may have come and got there since the last count: it is not enough that some waited.
    const allUploaded =
      counts?.pending === 0 && before !== null && uploaded(counts) > uploaded(before);
    if (allUploaded && this.#findings !== null) {
      this.#findings = { ...this.#findings, allUploadedAt: Date.now() };
    }
    this.#publish();
    if (allUploaded) void this.refresh();
  });

  /** @throws {HoldfastError} `policy_required` */
  snooze(): void {
    this.#reminder.snooze(this.state, this.policy, Date.now());
    this.#publish();
  }

  get #stopped(): boolean {
    return this.#context.stopped.aborted;
  }

  #publish(): void {
    const survey = this.#survey;
    const repairs = survey === null ? nothingToRepair : repairFor(survey.facts);
    const { account, store, topics } = this.#context;
    // A change of the keys passes through states of its own: they neither lift nor create a demand.
    if (!isChanging(store.crypto.records, account.deviceId)) {
      this.#demands.note({
        state: this.state,
        repair: repairs.repair,
        verified: survey === null ? null : isVerified(survey),
      });
    }
    const reminder = this.#reminder.state(this.state, this.policy, Date.now());
    topics.keys.set({
      state: this.state,
      pendingKeys: survey?.facts.pendingKeys ?? null,
      backedUpKeys: survey?.backup?.count ?? null,
      backupVersion: survey?.backup?.version ?? null,
      encryptedRooms: this.encryptedRooms,
      reminder,
      policy: this.policy,
      demand: this.#demands.current,
      switchedOff: survey?.facts.disabledByUser ?? false,
      phraseKnown: (survey?.storageKey?.phrase ?? null) !== null,
      ...repairs,
      findings: this.#findings,
      snapshotAt: lastSnapshotAt(this.#context),
      problem: survey?.problem ?? null,
    });
    this.#wakeAt(reminder.due ? null : reminder.snoozedUntil);
  }

  #wakeAt(time: number | null): void {
    if (this.#reminderTimer !== null) clearTimeout(this.#reminderTimer);
    this.#reminderTimer = null;
    if (time === null || this.#stopped) return;
    const wait = Math.min(Math.max(time - Date.now(), 0) + 1, longestTimerMs);
    this.#reminderTimer = setTimeout(() => this.#publish(), wait);
    this.#reminderTimer.unref();
  }

  async #askPolicy(): Promise<void> {
    if ((await this.#policy.ask()) && !this.#stopped) this.#publish();
  }
}

/** Keys of this device that the backup has. */
const uploaded = ({ total, pending }: KeyCounts): number => total - pending;

/** Before the first survey: it is under way. */
const nothingToRepair = { repair: null, otherwise: null };

function withOldBackup(survey: KeySurvey, oldBackupWaits: boolean): KeySurvey {
  return { ...survey, facts: { ...survey.facts, oldBackupWaits } };
}

/** Null while unknown. */
function isVerified({ facts: { identity } }: KeySurvey): boolean | null {
  return identity === 'unknown' ? null : identity === 'verified';
}

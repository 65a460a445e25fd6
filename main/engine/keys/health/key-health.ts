import type { KeyHealth as KeyHealthSnapshot, KeyState } from '../../../../preload/model/keys';
import type { KeysContext } from '../keys-context';
import { fetchPolicy, rememberedPolicy } from '../server/key-policy';
import { deriveKeyState } from './derive-key-state';
import { surveyKeys, type KeySurvey } from './gather-key-facts';
import { takeUpBackup } from './take-up-backup';
import { Reminder } from './reminder';
import { singleFlight } from './single-flight';
import { watchKeys } from './watch-keys';

const longestTimerMs = 2_147_483_647;

/** Watches everything the keys' state depends on and tells the windows. */
export class KeyHealth {
  readonly #context: KeysContext;
  readonly #reminder: Reminder;
  #survey: KeySurvey | null = null;
  #policy;
  #reminderTimer: NodeJS.Timeout | null = null;

  constructor(context: KeysContext) {
    const { account, store } = context;
    this.#context = context;
    this.#policy = rememberedPolicy(store.crypto.records, account);
    this.#reminder = new Reminder(store.crypto.records, account.userId);
    watchKeys(
      context,
      () => void this.refresh(),
      () => void this.recount(),
    );
    context.stopped.addEventListener('abort', () => this.#wakeAt(null), { once: true });
    this.#publish();
    void this.#fetchPolicy();
  }

  get state(): KeyState {
    return this.#survey === null ? 'unknown' : deriveKeyState(this.#survey.facts);
  }

  get survey(): KeySurvey | null {
    return this.#survey;
  }

  get policy(): KeyHealthSnapshot['policy'] {
    return this.#policy;
  }

  get encryptedRooms(): number {
    return this.#context.client
      .getRooms()
      .filter((room) => room.getMyMembership() === 'join' && room.hasEncryptionStateEvent()).length;
  }

  /** Asks everything anew; resolves when a survey begun after this call has been told. */
  readonly refresh = singleFlight(async () => {
    // What can't be surveyed at all is as unknown as what was not answered.
    let survey = await surveyKeys(this.#context).catch(() => null);
    if (survey !== null && !this.#stopped) {
      const tookUp = await takeUpBackup(this.#context, survey).catch(() => false);
      if (tookUp) survey = await surveyKeys(this.#context).catch(() => null);
    }
    if (this.#stopped) return;
    this.#survey = survey;
    if (survey?.backup != null && survey.facts.backupTrust !== 'untrusted') {
      this.#context.knownBackup.remember(survey.backup.version);
    }
    this.#publish();
  });

  /** Counts the keys that wait for backup; where some got there, asks how many it has now. */
  readonly recount = singleFlight(async () => {
    const counts = await this.#context.pendingKeys.count().catch(() => null);
    if (this.#stopped || this.#survey === null) return;
    const before = this.#survey.facts.pendingKeys ?? 0;
    const pendingKeys = counts?.pending ?? null;
    this.#survey = {
      ...this.#survey,
      facts: { ...this.#survey.facts, pendingKeys },
      keysHere: counts?.total ?? null,
    };
    this.#publish();
    if (pendingKeys === 0 && before > 0) void this.refresh();
  });

  /** @throws {HoldfastError} `policy_required` */
  snooze(): void {
    this.#reminder.snooze(this.state, this.#policy, Date.now());
    this.#publish();
  }

  get #stopped(): boolean {
    return this.#context.stopped.aborted;
  }

  #publish(): void {
    const survey = this.#survey;
    const reminder = this.#reminder.state(this.state, this.#policy, Date.now());
    this.#context.topics.keys.set({
      state: this.state,
      pendingKeys: survey?.facts.pendingKeys ?? null,
      backedUpKeys: survey?.backup?.count ?? null,
      backupVersion: survey?.backup?.version ?? null,
      encryptedRooms: this.encryptedRooms,
      reminder,
      policy: this.#policy,
      phraseKnown: (survey?.storageKey?.phrase ?? null) !== null,
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

  async #fetchPolicy(): Promise<void> {
    const { client, account, store, stopped } = this.#context;
    const policy = await fetchPolicy(client, account, store.crypto.records, stopped);
    if (policy === null || this.#stopped) return;
    this.#policy = policy;
    this.#publish();
  }
}

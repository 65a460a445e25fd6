import type { ValidArgs } from '../../../preload/contract';
import type { ImportedKeys } from '../../../preload/model/key-files';
import type { KeptCopies, SignOutRisk } from '../../../preload/model/keys';
import { HoldfastError } from '../../holdfast-error';
import { within } from '../../within';
import type { AccountContext } from '../account-context';
import type { AppFacts, ExportedKeys, RecoverySheet } from '../protocol';
import { Dehydration } from '../dehydration/dehydration';
import { CarryOver } from './carry-over/carry-over';
import { KeyChange } from './change/key-change';
import { KeyDrill } from './drill/key-drill';
import { helpDeskReport } from './health/help-desk-report';
import { KeyHealth } from './health/key-health';
import { exportKeys } from './key-files/export-keys';
import { importKeys } from './key-files/import-keys';
import { keysContext, type KeysContext } from './keys-context';
import { OldKey } from './old-key/old-key';
import { Repairs } from './repair/repairs';
import { KeyFromDevice } from './restore/key-from-device';
import { Restore } from './restore/restore';
import { Setup } from './setup/setup';
import { signOutRisk } from './sign-out-risk';
import { BackupSwitch } from './switch/backup-switch';
import { Snapshots } from './snapshot/snapshots';
import { unfinishedKeyWork } from './unfinished';

/** Milliseconds the server gets, on a network that swallows packets, before the person is told. */
const riskWithinMs = 8_000;

/** Everything about the account's keys: setting up, restoring, health, reminder, sign-out risk. */
export class Keys {
  readonly backupSwitch: BackupSwitch;
  readonly carryOver: CarryOver;
  readonly change: KeyChange;
  readonly drill: KeyDrill;
  readonly oldKey: OldKey;
  readonly repairs: Repairs;
  readonly snapshots: Snapshots;
  readonly #context: KeysContext;
  readonly #health: KeyHealth;
  readonly #setup: Setup;
  readonly #restore: Restore;
  readonly #keyFromDevice: KeyFromDevice;

  constructor(account: AccountContext) {
    const context = keysContext(account);
    const dehydration = new Dehydration(context);
    this.#context = {
      ...context,
      recoveryKeyOpened: (key) => {
        dehydration.opened(key);
      },
    };
    this.#health = new KeyHealth(this.#context);
    this.drill = new KeyDrill(this.#context, this.#health);
    this.oldKey = new OldKey(this.#context, this.#health.oldBackups);
    this.#setup = new Setup(this.#context, this.#health);
    this.#restore = new Restore(this.#context, this.#health);
    this.repairs = new Repairs(this.#context, this.#health, this.#restore);
    this.#keyFromDevice = new KeyFromDevice(this.#context, (backup) => {
      this.#restore.beginWithKeyHere(backup);
    });
    this.carryOver = new CarryOver(this.#context, () => void this.#health.recount());
    void this.carryOver.run();
    this.snapshots = new Snapshots(this.#context);
    this.backupSwitch = new BackupSwitch(this.#context, this.#health, this.snapshots);
    this.change = new KeyChange(this.#context, this.#health, this.#setup, this.snapshots);
  }

  /**
   * Asks server and store anew, and starts to upload what is pending: the topic `keys` shows the
   * number fall.
   */
  async signOutRisk(): Promise<SignOutRisk> {
    const asked = await within(riskWithinMs, this.#health.refresh());
    // A session that was given up meanwhile has asked nobody.
    const answered = asked && !this.#context.stopped.aborted;
    if (this.#health.state === 'uploading') void this.repairs.uploadNow().catch(() => undefined);
    const { carryOver, keyChange, setup, restore } = this.#context.topics;
    const unfinished = unfinishedKeyWork({
      carryOver: carryOver.value,
      keyChange: keyChange.value,
      setup: setup.value,
      restore: restore.value,
    });
    return signOutRisk(this.#health, { answered, unfinished });
  }

  beginSetup(choice: ValidArgs<'setup.begin'>): Promise<{ readonly recoveryKey: string }> {
    return this.#setup.begin(choice);
  }

  prove(proof: ValidArgs<'setup.prove'>): Promise<void> {
    return this.#setup.prove(proof);
  }

  secure(accountPassword: string | undefined): Promise<void> {
    return this.#setup.secure(accountPassword);
  }

  abandonSetup(): void {
    this.#setup.abandon();
  }

  /** @throws {HoldfastError} what {@link KeyDemands.requireMet} says */
  requireDemandsMet(): void {
    this.#health.demands.requireMet();
  }

  /**
   * Signing out at the price of keys is the person's to decide, but not where key backup is required
   * and would save them: keys are known to wait for it, or it is still to be set up or repaired.
   *
   * @throws {HoldfastError} `policy_required`
   */
  async requireMayLose(): Promise<void> {
    if (!this.#health.policy.setupRequired) return;
    const { state, safe } = await this.signOutRisk();
    const { lastKnown, demands } = this.#health;
    const waiting = state === 'uploading' || (lastKnown?.pendingKeys ?? 0) > 0;
    if (!safe && (waiting || demands.current !== null)) {
      throw new HoldfastError('policy_required', 'Key backup is required');
    }
  }

  /** Everything that waits is then uploaded, which may take longer than this. */
  async switchBackupOn(): Promise<void> {
    await this.backupSwitch.on();
    void this.repairs.uploadNow().catch(() => undefined);
  }

  snooze(): void {
    this.#health.snooze();
  }

  beginRestore(secret: string): Promise<void> {
    return this.#context.turn.take(() => this.#restore.begin(secret));
  }

  pauseRestore(): Promise<void> {
    return this.#restore.pause();
  }

  async resumeRestore(): Promise<void> {
    this.#restore.resume();
  }

  dismissRestore(): void {
    this.#restore.dismiss();
  }

  /**
   * This device and another one of the account verified each other, whichever of them needed it: the
   * secrets that this one lacks arrive. Where the backup's key is one of them, a restore follows.
   */
  verifiedByOwnDevice(): void {
    if (this.#health.findings?.backup?.trust !== 'readable') this.#keyFromDevice.await();
    void this.#health.refresh();
  }

  recoverySheet(): RecoverySheet {
    return this.#setup.recoverySheet();
  }

  copyKept(copy: keyof KeptCopies): void {
    this.#setup.copyKept(copy);
  }

  /** @see helpDeskReport */
  helpDeskReport(app: AppFacts): Promise<string> {
    return helpDeskReport(this.#context, this.#health, app);
  }

  exportKeys(passphrase: string): Promise<ExportedKeys> {
    return exportKeys(this.#context, passphrase);
  }

  async importKeys(text: string, passphrase: string): Promise<ImportedKeys> {
    const imported = await importKeys(this.#context, text, passphrase);
    void this.#health.recount();
    return imported;
  }
}

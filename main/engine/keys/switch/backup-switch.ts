import { CryptoEvent } from 'matrix-js-sdk/lib/crypto-api/CryptoEvent.js';
import { HoldfastError } from '../../../holdfast-error';
import { listen } from '../../sync/listen';
import type { KeyHealth } from '../health/key-health';
import type { KeysContext } from '../keys-context';
import { cryptoOf, stopUploading } from '../olm-machine';
import { noteBackupDisabled, noteBackupEnabled } from '../server/preference';
import type { Snapshots } from '../snapshot/snapshots';
import { isSwitchedOff, noteSwitchedOff } from './switched-off';

/**
 * The person's choice to have no key backup. The server's copy stays and still opens with the recovery
 * key: switching off only ends the uploads, on every device that heeds the account's preference.
 */
export class BackupSwitch {
  readonly #context: KeysContext;
  readonly #health: KeyHealth;
  readonly #snapshots: Snapshots;

  constructor(context: KeysContext, health: KeyHealth, snapshots: Snapshots) {
    this.#context = context;
    this.#health = health;
    this.#snapshots = snapshots;
    listen(context.client, context.stopped, {
      [CryptoEvent.KeyBackupStatus]: (enabled: boolean) => {
        if (!enabled || context.stopped.aborted || !isSwitchedOff(context)) return;
        stopUploading(context.client).catch(() => undefined);
      },
    });
  }

  /**
   * Safe to call again after a failure.
   *
   * @throws {HoldfastError} `policy_required` where key backup is required, `not_allowed` where this
   *   device does not use the backup or other work on the keys is under way, what the disk or the
   *   network says
   */
  off(): Promise<void> {
    return this.#context.turn.take(async () => {
      await this.#health.refresh();
      const { policy, survey } = this.#health;
      if (policy.setupRequired) throw new HoldfastError('policy_required', 'Backup is required');
      if (survey === null || survey.facts.backup === 'unknown') {
        throw new HoldfastError('server_error', 'The server did not say what backup there is');
      }
      if (survey.facts.backupTrust !== 'readable') {
        throw new HoldfastError('not_allowed', 'This device does not use the backup');
      }
      const { accountData, client } = this.#context;
      await this.#snapshots.make();
      await noteBackupDisabled(accountData);
      noteSwitchedOff(this.#context, true);
      await stopUploading(client);
      await this.#health.refresh();
    });
  }

  /**
   * No recovery key is asked for: this device has kept the backup's.
   *
   * @throws {HoldfastError} `not_allowed` while other work on the keys is under way, what the network
   *   says
   */
  on(): Promise<void> {
    return this.#context.turn.take(async () => {
      await noteBackupEnabled(this.#context.accountData);
      noteSwitchedOff(this.#context, false);
      await cryptoOf(this.#context.client).checkKeyBackupAndEnable();
      await this.#health.refresh();
    });
  }
}

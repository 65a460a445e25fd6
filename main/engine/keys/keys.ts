import type { ValidArgs } from '../../../preload/contract';
import type { KeptCopies, SignOutRisk } from '../../../preload/model/keys';
import { HoldfastError } from '../../holdfast-error';
import type { AccountContext } from '../account-context';
import type { ExportedKeys, RecoverySheet } from '../protocol';

/** Everything about the account's keys: setting up, restoring, health, reminder, sign-out risk. */
export class Keys {
  constructor(readonly context: AccountContext) {}

  signOutRisk(): Promise<SignOutRisk> {
    throw new HoldfastError('not_ready', 'Keys');
  }
  beginSetup(_choice: ValidArgs<'setup.begin'>): Promise<{ readonly recoveryKey: string }> {
    throw new HoldfastError('not_ready', 'Keys');
  }
  prove(_proof: ValidArgs<'setup.prove'>): Promise<void> {
    throw new HoldfastError('not_ready', 'Keys');
  }
  secure(_accountPassword: string | undefined): Promise<void> {
    throw new HoldfastError('not_ready', 'Keys');
  }
  abandonSetup(): void {
    throw new HoldfastError('not_ready', 'Keys');
  }
  snooze(): void {
    throw new HoldfastError('not_ready', 'Keys');
  }
  beginRestore(_secret: string): Promise<void> {
    throw new HoldfastError('not_ready', 'Keys');
  }
  resumeRestore(): Promise<void> {
    throw new HoldfastError('not_ready', 'Keys');
  }
  dismissRestore(): void {
    throw new HoldfastError('not_ready', 'Keys');
  }
  recoverySheet(): RecoverySheet {
    throw new HoldfastError('not_ready', 'Keys');
  }
  copyKept(_copy: keyof KeptCopies): void {
    throw new HoldfastError('not_ready', 'Keys');
  }
  exportKeys(_passphrase: string): Promise<ExportedKeys> {
    throw new HoldfastError('not_ready', 'Keys');
  }
}

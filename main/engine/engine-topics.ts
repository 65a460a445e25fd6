/** What windows can watch of the engine; lives as long as the engine, over sign-in and sign-out. */
import type { Connection, StorageState } from '../../preload/model/app';
import type { CarryOverState } from '../../preload/model/carry-over';
import type { DeviceStatus, OwnDevice } from '../../preload/model/devices';
import type { Drill } from '../../preload/model/drill';
import type { EndedSession } from '../../preload/model/ended-session';
import type { InteractiveAuthState } from '../../preload/model/interactive-auth';
import type { KeyChangeState } from '../../preload/model/key-change';
import type { KeyHealth, RestoreState, SetupState } from '../../preload/model/keys';
import type { RoomSummary } from '../../preload/model/rooms';
import type { VerificationState } from '../../preload/model/verification';
import { CollectionSource } from '../topics/collection-source';
import { ValueSource } from '../topics/value-source';

const unknownKeyHealth: KeyHealth = {
  state: 'unknown',
  pendingKeys: null,
  backedUpKeys: null,
  backupVersion: null,
  encryptedRooms: 0,
  reminder: { due: false, snoozedUntil: null },
  policy: { setupRequired: false, methods: ['key', 'phrase'] },
  demand: null,
  switchedOff: false,
  phraseKnown: false,
  repair: null,
  otherwise: null,
  findings: null,
  snapshotAt: null,
  problem: null,
};

const noDevices: DeviceStatus = { list: 'loading', problem: null, unfamiliar: [] };

const noDrill: Drill = { due: false, checkedAt: null, possible: false };

export class EngineTopics {
  readonly storage = new ValueSource<StorageState>({ state: 'ok' });
  /** While nobody is signed in. */
  readonly endedSession = new ValueSource<EndedSession | null>(null);
  readonly connection = new ValueSource<Connection>({ state: 'connecting' });
  readonly keys = new ValueSource<KeyHealth>(unknownKeyHealth);
  readonly devices = new CollectionSource<OwnDevice>();
  readonly deviceStatus = new ValueSource<DeviceStatus>(noDevices);
  readonly verifiedOnly = new ValueSource({ everywhere: false });
  readonly drill = new ValueSource<Drill>(noDrill);
  readonly setup = new ValueSource<SetupState>({ step: 'idle' });
  readonly restore = new ValueSource<RestoreState>({ step: 'idle' });
  readonly carryOver = new ValueSource<CarryOverState>({ step: 'none' });
  readonly keyChange = new ValueSource<KeyChangeState>({ step: 'none' });
  readonly interactiveAuth = new ValueSource<InteractiveAuthState>({ step: 'none' });
  readonly verification = new ValueSource<VerificationState>({ step: 'none' });
  readonly rooms = new CollectionSource<RoomSummary>();

  /** Forgets everything of the account that was signed in. */
  clear(): void {
    this.connection.set({ state: 'connecting' });
    this.keys.set(unknownKeyHealth);
    this.devices.replace([]);
    this.deviceStatus.set(noDevices);
    this.verifiedOnly.set({ everywhere: false });
    this.drill.set(noDrill);
    this.setup.set({ step: 'idle' });
    this.restore.set({ step: 'idle' });
    this.carryOver.set({ step: 'none' });
    this.keyChange.set({ step: 'none' });
    this.interactiveAuth.set({ step: 'none' });
    this.verification.set({ step: 'none' });
    this.rooms.replace([]);
  }
}

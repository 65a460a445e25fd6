/** What the window can watch. */
import type { LocalAccounts } from '../model/accounts';
import type { AppState, Connection, Preferences, StorageState, VaultState } from '../model/app';
import type { CarryOverState } from '../model/carry-over';
import type { DeviceStatus, OwnDevice } from '../model/devices';
import type { Drill } from '../model/drill';
import type { EndedSession } from '../model/ended-session';
import type { InteractiveAuthState } from '../model/interactive-auth';
import type { KeyChangeState } from '../model/key-change';
import type { KeyHealth, QuitQuestion, RestoreState, SetupState } from '../model/keys';
import type { RoomPerson, RoomTrust } from '../model/people';
import type { OrganisationPolicy } from '../model/policy';
import type { RoomSummary, TimelineItem, TimelineStatus } from '../model/rooms';
import type { VerificationState } from '../model/verification';
import { collection, roomCollection, roomValue, value } from './entries';

export const topics = {
  app: value<AppState>()('main'),
  accounts: value<LocalAccounts>()('main'),
  /** What the organisation that looks after this computer has set. */
  policy: value<OrganisationPolicy>()('main'),
  preferences: value<Preferences>()('main'),
  /** Set while the person wants to quit and must decide, because keys are not backed up. */
  quitRequest: value<QuitQuestion | null>()('main'),
  vault: value<VaultState>()('main'),
  /** Whether the open store takes what arrives. */
  storage: value<StorageState>()('engine'),
  /** What the server has ended, while nobody is signed in. */
  endedSession: value<EndedSession | null>()('engine'),
  connection: value<Connection>()('engine'),
  keys: value<KeyHealth>()('engine'),
  devices: collection<OwnDevice>(),
  deviceStatus: value<DeviceStatus>()('engine'),
  /** Whether messages of all rooms go to verified devices alone. */
  verifiedOnly: value<{ readonly everywhere: boolean }>()('engine'),
  drill: value<Drill>()('engine'),
  setup: value<SetupState>()('engine'),
  restore: value<RestoreState>()('engine'),
  verification: value<VerificationState>()('engine'),
  /** Keys of this person's earlier sign-ins here, coming over. */
  carryOver: value<CarryOverState>()('engine'),
  keyChange: value<KeyChangeState>()('engine'),
  interactiveAuth: value<InteractiveAuthState>()('engine'),
  rooms: collection<RoomSummary>(),
  timeline: roomCollection<TimelineItem>(),
  timelineStatus: roomValue<TimelineStatus>(),
  roomTrust: roomValue<RoomTrust>(),
  roomPeople: roomCollection<RoomPerson>(),
} as const;

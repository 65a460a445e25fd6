/** People, rooms and messages for component tests and for looking at the window without an app. */
import type { Account, AppInfo } from '../../preload/model/app';
import type { DeviceId, EventId, RoomId, UserId } from '../../preload/model/ids';
import type { KeyHealth } from '../../preload/model/keys';
import type { RoomSummary, TimelineItem } from '../../preload/model/rooms';

export const account: Account = {
  userId: '@mira:uni-kueste.example' as UserId,
  deviceId: 'HFDEVICEONE' as DeviceId,
  serverName: 'uni-kueste.example',
  displayName: 'Mira Petersen',
};

export const appInfo: AppInfo = {
  version: '0.1.0',
  systemLocale: 'en-GB',
  capabilities: { canPrint: true, canProtectContent: false, canNotify: true, hasTray: false },
};

export const keyHealth: KeyHealth = {
  state: 'ready',
  pendingKeys: 0,
  backedUpKeys: 412,
  backupVersion: '3',
  encryptedRooms: 6,
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

export const roomIdOf = (name: string): RoomId => `!${name}:uni-kueste.example` as RoomId;

export function room(name: string, more: Partial<RoomSummary> = {}): RoomSummary {
  return {
    id: roomIdOf(name.toLowerCase().replaceAll(' ', '-')),
    name,
    avatar: null,
    direct: false,
    encrypted: true,
    membership: 'join',
    unread: 0,
    highlights: 0,
    activity: Date.UTC(2026, 10, 23, 9, 0),
    lastMessage: null,
    ...more,
  };
}

let lastOrder = 0;

export function message(body: string, more: Partial<TimelineItem> = {}): TimelineItem {
  const order = more.order ?? ++lastOrder;
  const id = more.id ?? `$event-${order}`;
  return {
    id,
    eventId: id.startsWith('$') ? (id as EventId) : null,
    order,
    sentAt: Date.UTC(2026, 10, 23, 9, 0) + order * 60_000,
    sender: { userId: '@jonas:uni-kueste.example' as UserId, name: 'Jonas Brandt' },
    own: false,
    delivery: 'sent',
    shield: 'encrypted',
    content: { kind: 'text', body },
    ...more,
  };
}

export const own = (body: string, more: Partial<TimelineItem> = {}): TimelineItem =>
  message(body, {
    own: true,
    sender: { userId: account.userId, name: account.displayName },
    ...more,
  });

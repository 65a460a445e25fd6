/** What people see when their keys came back in part, or have to be mended first, as scenes. */
import { roomIdOf, keyHealth } from '../fixtures';
import type { FakeTransport } from '../fake-transport';
import { managed } from '../organisation/policy';
import { healthIn } from './health-in';

const gaps = [
  { roomId: roomIdOf('benthic-ecology-group'), keys: 37 },
  { roomId: roomIdOf('jonas-brandt'), keys: 12 },
  { roomId: roomIdOf('thesis-committee'), keys: 5 },
  { roomId: roomIdOf('field-station-rota'), keys: 2 },
  { roomId: roomIdOf('seminar-1'), keys: 2 },
  { roomId: roomIdOf('seminar-2'), keys: 2 },
  { roomId: roomIdOf('a-room-that-was-left'), keys: 2 },
  { roomId: roomIdOf('another-room-that-was-left'), keys: 1 },
] as const;
const failed = gaps.reduce((sum, { keys }) => sum + keys, 0);

/** Each demanded repair that has a page of its own. */
export const demandedRepairs = [
  'needs_verification',
  'backup_untrusted',
  'secrets_incomplete',
  'disabled_by_user',
  'reset_required',
] as const;

/** Plays it where the scene is one of these. */
export function playKeys(fake: FakeTransport, scene: string): void {
  if (scene === 'restored-with-gaps') {
    const imported = 43_120;
    const result = { imported, total: imported + failed, failed, failedRooms: gaps };
    fake.publish('restore', { step: 'done', ...result }).publish('keys', keyHealth);
  }
  const repair = demandedRepairs.find((state) => scene === `demanded-${state}`);
  if (repair !== undefined) {
    const policy = { setupRequired: true, methods: ['key'] } as const;
    fake
      .publish('keys', { ...healthIn(repair), demand: 'repair', policy })
      .publish('policy', managed)
      .answer({ 'snapshots.list': () => [] });
  }
  if (scene === 'restore-switched-off') {
    const health = healthIn('needs_restore', { switchedOff: true, demand: 'restore' });
    fake.publish('keys', health);
  }
  if (scene === 'identity-only-here') {
    const health = healthIn('needs_setup', { pendingKeys: 0 });
    const risk = { encryptedRooms: 6, safe: false, identityOnlyHere: true } as const;
    fake.publish('keys', health).answer({
      'signOut.risk': () => ({ state: health.state, pendingKeys: 0, ...risk }),
    });
  }
}

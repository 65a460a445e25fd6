/** The page of the keys' health in each state, as scenes to look at. */
import type { FakeTransport } from '../fake-transport';
import { healthIn, keyStates } from './health-in';

export const healthScenes = keyStates.map((state) => `keys-${state}`);

const report = `Holdfast: report for the help desk

Made 2026-11-24 09:32:10 UTC
Holds no keys, phrases, passwords or messages, and no names of rooms or people.

APP
Holdfast: 0.1.0
Shell: Electron 41, Chromium 146, Node 24
System: linux 6.12 x64

KEYS
State: backup_changed
Repair offered: complete
- backup: present
- backupTrust: untrusted
- backupReplaced: true
Keys here: 412
Keys waiting: 412
`;

/** Plays it where the scene is one of these. */
export function playHealth(fake: FakeTransport, scene: string): void {
  const state = keyStates.find((each) => scene === `keys-${each}`);
  if (state === undefined) return;
  fake
    .publish('keys', healthIn(state, { phraseKnown: state === 'backup_changed' }))
    .publish('drill', { due: false, checkedAt: Date.UTC(2026, 9, 2, 8, 0), possible: true })
    .answer({
      'report.make': () => report,
      'snapshots.list': () => [],
      'repair.complete': () => {
        fake.publish('keys', healthIn('reset_required'));
        return 'backup_closed';
      },
    });
}

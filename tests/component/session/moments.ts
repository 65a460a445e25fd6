/** How sessions end, and the way back. */
import type { CarryOverState } from '../../../preload/model/carry-over';
import type { EndedSession } from '../../../preload/model/ended-session';
import type { UserId } from '../../../preload/model/ids';
import { failure, type FakeTransport } from '../fake-transport';

export const removedElsewhere: EndedSession = {
  userId: '@mira.petersen:uni-kueste.example' as UserId,
  homeserver: {
    serverName: 'uni-kueste.example',
    baseUrl: 'https://matrix.uni-kueste.example',
    passwordLogin: true,
    singleSignOn: [],
  },
  resumable: false,
  keys: 12_408,
  unsent: 0,
};

export const endedScenes: Readonly<Record<string, EndedSession>> = {
  'session-removed': removedElsewhere,
  'session-expired': { ...removedElsewhere, resumable: true, unsent: 2 },
};

export const carryOverScenes: Readonly<Record<string, CarryOverState>> = {
  'carrying-over': { step: 'running', done: 4_500, total: 12_408 },
  'carried-over': { step: 'done', total: 12_408, failed: 3 },
  'carrying-over-interrupted': { step: 'interrupted', done: 4_500, total: 12_408 },
};

/** Publishes what the scene has of it. */
export function playSessionEnds(fake: FakeTransport, scene: string): void {
  const carried = carryOverScenes[scene];
  if (carried !== undefined) fake.publish('carryOver', carried);
  const ended = endedScenes[scene];
  if (ended === undefined) return;
  fake.publish('endedSession', ended);
  fake.publish('app', { phase: 'signed_out' });
  fake.answer({
    'signIn.password': () => {
      throw failure('wrong_password');
    },
  });
}

/** The key screens in their typical moments: what main would answer and publish in each. */
import type { Account, Language, Theme } from '../../../preload/model/app';
import type { KeyHealth, KeptCopies, SetupState, SignOutRisk } from '../../../preload/model/keys';
import { FakeTransport } from '../fake-transport';
import { account, appInfo, message, room } from '../fixtures';
import { healthIn } from './health-in';

export const recoveryKey = 'EsTc vXkp 3Yyd Wm4R gqKJ 8uHs Dz2f Ab7N tPje 6CVo LhMw 9xQB';
export const askedGroups = [3, 7, 11] as const;
export const nothingKept: KeptCopies = {
  saved: false,
  printed: false,
  pdf: false,
  copied: false,
};

export interface KeyScene {
  readonly keys?: Partial<KeyHealth>;
  readonly risk?: Partial<SignOutRisk>;
  readonly account?: Account;
  readonly language?: Language;
  readonly theme?: Theme | null;
}

/** A signed-in app whose keys are as given, and whose setup works from the first step to the last. */
export function keyTransport(scene: KeyScene = {}): FakeTransport {
  const fake = new FakeTransport();
  const health: KeyHealth = { ...healthIn(scene.keys?.state ?? 'ready'), ...scene.keys };
  const risk: SignOutRisk = {
    state: health.state,
    pendingKeys: health.pendingKeys,
    encryptedRooms: health.encryptedRooms,
    safe: health.state === 'ready' && health.pendingKeys === 0,
    ...scene.risk,
  };
  fake
    .publish('preferences', { language: scene.language ?? 'en', theme: scene.theme ?? null })
    .publish('app', { phase: 'signed_in', account: scene.account ?? account })
    .publish('connection', { state: 'online' })
    .publish('keys', health)
    .publish('setup', { step: 'idle' })
    .publish('restore', { step: 'idle' })
    .publish('rooms', { reset: true, upsert: [theRoom], remove: [] })
    .publish('timeline', { reset: true, upsert: conversation, remove: [] }, { roomId: theRoom.id })
    .publish('timelineStatus', { reachedStart: true, loadingOlder: false }, { roomId: theRoom.id })
    .answer({
      'app.info': () => appInfo,
      'rooms.markRead': () => undefined,
      'signOut.risk': () => risk,
    });
  answerSetup(fake);
  return fake;
}

const theRoom = room('Benthic ecology group', { activity: Date.UTC(2026, 10, 23, 11, 0) });
const conversation = [
  message('Morning! The boat is confirmed for Thursday, weather permitting.'),
  message('Two things before we leave: everyone signs the safety sheet. Spare batteries!'),
];

function answerSetup(fake: FakeTransport): void {
  let setup: Extract<SetupState, { step: 'presenting' }> | null = null;
  const kept = (copy: keyof KeptCopies): void => {
    if (setup === null) return;
    setup = { ...setup, kept: { ...setup.kept, [copy]: true } };
    fake.publish('setup', setup);
  };
  fake.answer({
    'setup.begin': ({ method }) => {
      setup = { step: 'presenting', method, kept: nothingKept, askedGroups: [...askedGroups] };
      fake.publish('setup', setup);
      return { recoveryKey };
    },
    'setup.saveText': () => {
      kept('saved');
      return { fileName: 'Recovery key mira uni-kueste.example.txt' };
    },
    'setup.savePdf': () => {
      kept('pdf');
      return { fileName: 'Recovery key mira uni-kueste.example.pdf' };
    },
    'setup.print': () => {
      kept('printed');
      return true;
    },
    'setup.copy': () => kept('copied'),
    'setup.prove': () => undefined,
    'setup.proveByFile': () => true,
    'setup.secure': () => undefined,
    'setup.abandon': () => {
      setup = null;
      fake.publish('setup', { step: 'idle' });
    },
  });
}

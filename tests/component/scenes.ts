/**
 * The window in a few typical moments, to look at it without an app behind it: each a transport to
 * put where a shell puts its own.
 */
import type { UserId } from '../../preload/model/ids';
import type { AppState, Language, Theme } from '../../preload/model/app';
import type { TimelineItem } from '../../preload/model/rooms';
import type { UndecryptableReason } from '../../preload/model/undecryptable';
import { playDevicesOf, playPeople } from './devices/moments';
import { FakeTransport, failure } from './fake-transport';
import { account, appInfo, keyHealth, message, own, room } from './fixtures';
import { playKeyChange } from './keys-change/moments';
import { managed } from './organisation/policy';
import { accountScenes, playAccounts } from './profiles/moments';
import { playHealth } from './keys/health-moments';
import { playKeys } from './keys/moments';
import { endedScenes, playSessionEnds } from './session/moments';
import { newIdentity, verificationMoments } from './verification/moments';

const hour = 3_600_000;
const now = Date.now();
const people = {
  jonas: { userId: '@jonas:uni-kueste.example' as UserId, name: 'Jonas Brandt' },
  aylin: { userId: '@aylin:uni-kueste.example' as UserId, name: 'Aylin Demir' },
  noor: { userId: '@noor:uni-kueste.example' as UserId, name: 'Noor van Dijk' },
};

const rooms = [
  room('Benthic ecology group', {
    activity: now - 4 * 60_000,
    unread: 3,
    highlights: 1,
    lastMessage: {
      sender: 'Aylin Demir',
      own: false,
      content: { kind: 'text', body: 'Mira, could you bring the sediment cores on Thursday?' },
    },
  }),
  room('Jonas Brandt', {
    direct: true,
    activity: now - 2 * hour,
    lastMessage: {
      sender: 'Mira Petersen',
      own: true,
      content: { kind: 'text', body: 'See you at the harbour at eight.' },
    },
  }),
  room('Thesis committee', {
    activity: now - 20 * hour,
    unread: 12,
    lastMessage: {
      sender: 'Prof. Lindqvist',
      own: false,
      content: { kind: 'attachment', name: 'chapter-3-comments.pdf', media: 'file' },
    },
  }),
  room('Field station rota', {
    activity: now - 50 * hour,
    lastMessage: {
      sender: 'Noor van Dijk',
      own: false,
      content: { kind: 'undecryptable', reason: 'key_in_backup' },
    },
  }),
  room('Institute announcements', {
    encrypted: false,
    activity: now - 200 * hour,
    lastMessage: {
      sender: 'Office',
      own: false,
      content: { kind: 'text', body: 'The library closes at 18:00 during the holidays.' },
    },
  }),
  room('Summer school 2027', { membership: 'invite', activity: now - 90 * hour }),
  ...Array.from({ length: 30 }, (_, index) =>
    room(`Seminar ${index + 1}`, {
      activity: now - (400 + index * 30) * hour,
      lastMessage: {
        sender: 'Noor van Dijk',
        own: false,
        content: { kind: 'text', body: 'Slides are in the usual place.' },
      },
    }),
  ),
];

function conversation(): readonly TimelineItem[] {
  const start = now - 26 * hour;
  let order = 1_000;
  const at = (minutes: number): { order: number; sentAt: number } => ({
    order: order++,
    sentAt: start + minutes * 60_000,
  });
  const by = (person: keyof typeof people) => ({ sender: people[person] });
  return [
    message('', { ...at(0), ...by('jonas'), shield: 'none', content: { kind: 'room_created' } }),
    message('', {
      ...at(0),
      ...by('jonas'),
      shield: 'none',
      content: { kind: 'encryption_enabled' },
    }),
    message('', {
      ...at(1),
      shield: 'none',
      content: { kind: 'joined', who: 'Noor van Dijk' },
    }),
    message('Morning! The boat is confirmed for Thursday, weather permitting.', {
      ...at(2),
      ...by('jonas'),
    }),
    message('Tide tables are at https://tides.example.org/2026/11 (page 4).', {
      ...at(3),
      ...by('jonas'),
    }),
    own('Lovely. I will prepare the grab samplers and the sieve tower tonight.', at(9)),
    message('', {
      ...at(30),
      ...by('noor'),
      shield: 'none',
      content: { kind: 'undecryptable', reason: 'key_in_backup' },
    }),
    message('Found last year’s core protocol in the archive, the scan is readable after all.', {
      ...at(34),
      ...by('aylin'),
      shield: 'authenticity_not_guaranteed',
    }),
    message('🎉', { ...at(35), ...by('noor'), shield: 'unknown_device' }),
    message('', {
      ...at(44),
      ...by('aylin'),
      content: { kind: 'attachment', name: 'core-protocol-2025.pdf', media: 'file' },
    }),
    message('packs the waders', {
      ...at(60 * 20),
      ...by('noor'),
      content: { kind: 'emote', body: 'packs the waders' },
    }),
    message(
      'Two things before we leave:\n1. Everyone signs the safety sheet.\n2. Spare batteries!',
      {
        ...at(60 * 22),
        ...by('jonas'),
      },
    ),
    own('Signed. Batteries are charging next to the microscope.', at(60 * 22 + 4)),
    message('', { ...at(60 * 23), ...by('noor'), content: { kind: 'redacted' } }),
    message('I can drive the van, it is booked until Friday noon.', {
      ...at(60 * 25),
      ...by('aylin'),
    }),
    message('Room for five people and all the boxes.', { ...at(60 * 25 + 1), ...by('aylin') }),
    message('Mira, could you bring the sediment cores on Thursday?', {
      ...at(60 * 25 + 56),
      ...by('aylin'),
    }),
    own('Of course. All twelve, cooled.', {
      ...at(60 * 25 + 57),
      id: 'txn-1',
      eventId: null,
      delivery: 'failed',
    }),
    own('And the labels are printed on waterproof paper this time.', {
      ...at(60 * 25 + 58),
      id: 'txn-2',
      eventId: null,
      delivery: 'sending',
    }),
  ];
}

/** Messages that can't be read, for several reasons. */
function unreadableConversation(): readonly TimelineItem[] {
  const reasons: readonly UndecryptableReason[] = [
    ...Array.from({ length: 5 }, () => 'key_missing' as const),
    'key_in_backup',
    'key_in_backup',
    'withheld_unverified',
    'sent_before_joining',
    'damaged',
  ];
  return reasons.map((reason, index) =>
    message('', {
      order: index,
      sentAt: now - (reasons.length - index) * 3 * hour,
      sender: index % 3 === 0 ? people.noor : people.jonas,
      content: { kind: 'undecryptable', reason },
    }),
  );
}

const storeScenes: Readonly<Record<string, AppState>> = {
  'store-key-missing': {
    phase: 'store_unavailable',
    problem: {
      code: 'store_key_missing',
      ways: ['retry', 'recovery_key', 'keep_aside'],
      phraseKnown: true,
    },
  },
  'store-damaged': {
    phase: 'store_unavailable',
    problem: { code: 'store_damaged', ways: ['retry', 'keep_aside'], phraseKnown: false },
  },
  'store-newer': {
    phase: 'store_unavailable',
    problem: { code: 'store_newer', ways: ['retry'], phraseKnown: false },
  },
  'disk-full': {
    phase: 'store_unavailable',
    problem: { code: 'disk_full', ways: ['retry'], phraseKnown: false },
  },
  'choose-passphrase': { phase: 'passphrase', asked: 'choose' },
  'enter-passphrase': { phase: 'passphrase', asked: 'enter' },
};

export interface SceneChoice {
  readonly scene: string;
  readonly language: Language;
  readonly theme: Theme;
}

/** A transport that plays a scene. */
export function play({ scene, language, theme }: SceneChoice): FakeTransport {
  const fake = new FakeTransport();
  let preferences: { language: Language | null; theme: Theme | null } = { language, theme };
  fake.publish('preferences', preferences).answer({
    'app.info': () => appInfo,
    'preferences.update': (change) => {
      preferences = {
        language: change.language === undefined ? preferences.language : change.language,
        theme: change.theme === undefined ? preferences.theme : change.theme,
      };
      fake.publish('preferences', preferences);
    },
    'rooms.historyForInvited': () => (scene === 'unverified-device' ? 'unverified_device' : 'all'),
    'rooms.invite': ({ userId }) => {
      if (userId.startsWith('@noor:')) throw failure('already_in_room');
      if (userId.startsWith('@guest:')) throw failure('forbidden');
      return 'all';
    },
    'rooms.markRead': () => undefined,
    'links.open': () => undefined,
    'clipboard.copyText': () => undefined,
  });
  if (scene === 'starting') return fake;
  playAccounts(fake, scene);
  playSessionEnds(fake, scene);
  if (scene in endedScenes) return fake;
  if (scene === 'store') {
    return fake
      .publish('app', {
        phase: 'store_unavailable',
        problem: { code: 'keychain_locked', ways: ['retry'], phraseKnown: false },
      })
      .answer({
        'app.retryStore': () => {
          throw failure('keychain_unavailable');
        },
      });
  }
  const opening = storeScenes[scene] ?? accountScenes[scene];
  if (opening !== undefined) {
    return fake.publish('app', opening).answer({
      'store.openByRecoveryKey': () => {
        throw failure('key_wrong');
      },
      'store.enterPassphrase': () => {
        throw failure('passphrase_wrong');
      },
    });
  }
  if (scene === 'sign-in' || scene === 'kept-aside') {
    const aside = scene === 'kept-aside' ? { keptAside: 'kept-20261123T091500' } : {};
    return fake.publish('app', { phase: 'signed_out', ...aside }).answer({
      'signIn.discover': ({ server }) => {
        if (!server.includes('.')) throw failure('server_not_found', { server });
        return {
          serverName: server,
          baseUrl: `https://${server}`,
          passwordLogin: true,
          singleSignOn: [],
        };
      },
      'signIn.password': ({ user }) => {
        if (user === 'slow') return new Promise<never>(() => undefined);
        throw failure(user === 'much' ? 'rate_limited' : 'wrong_password', {
          retryAfterMs: 90_000,
        });
      },
    });
  }
  fake
    .publish('app', { phase: 'signed_in', account })
    .publish('keys', keyHealth)
    .publish(
      'connection',
      scene === 'offline' ? { state: 'reconnecting', retryAt: now + 20_000 } : { state: 'online' },
    );
  playHealth(fake, scene);
  playKeys(fake, scene);
  fake.publish('vault', {
    backend: 'passphrase',
    keychainUsable: true,
    recoveryWrap: true,
    locked: false,
  });
  if (scene === 'drill-due') {
    fake.publish('drill', { due: true, checkedAt: now - 900 * hour, possible: true });
  }
  if (scene === 'organisation') fake.publish('policy', managed);
  if (scene === 'restore-required') {
    fake.publish('policy', managed).publish('keys', {
      ...keyHealth,
      state: 'needs_restore',
      demand: 'restore',
      policy: { setupRequired: true, methods: ['key'] },
    });
  }
  if (scene === 'storage-failing') {
    fake.publish('storage', { state: 'failing', code: 'disk_full' });
  }
  if (scene === 'several-accounts') {
    fake.publish('keys', { ...keyHealth, state: 'uploading', pendingKeys: 37 });
  }
  if (scene.startsWith('several-accounts')) {
    fake.publish('vault', {
      backend: 'keychain',
      keychainUsable: false,
      recoveryWrap: true,
      locked: false,
    });
  }
  playKeyChange(fake, scene);
  playDevicesOf(fake, scene);
  const verifying = verificationMoments[scene];
  if (verifying !== undefined) fake.publish('verification', verifying);
  if (scene === 'loading') return fake;
  if (scene === 'no-rooms') return fake.publish('rooms', { reset: true, upsert: [], remove: [] });
  fake.publish('rooms', { reset: true, upsert: rooms, remove: [] });
  playTimelines(fake, scene);
  return fake;
}

function playTimelines(fake: FakeTransport, scene: string): void {
  for (const { id } of rooms) {
    const items = scene === 'unreadable' ? unreadableConversation() : conversation();
    let oldest = items[0]?.order ?? 0;
    let pages = scene === 'long' ? 6 : 0;
    fake.publish('timeline', { reset: true, upsert: items, remove: [] }, { roomId: id });
    playPeople(fake, scene, id);
    if (scene === 'identity-changed') fake.publish('roomTrust', newIdentity, { roomId: id });
    fake.publish(
      'timelineStatus',
      { reachedStart: pages === 0, loadingOlder: false },
      { roomId: id },
    );
    fake.answer({
      'timeline.loadOlder': async ({ roomId }) => {
        // Long enough for a busy machine to draw what was there before.
        await new Promise((resolve) => setTimeout(resolve, 1_200));
        pages--;
        const older = Array.from({ length: 40 }, () => {
          oldest--;
          return message(`Earlier message number ${1_000 - oldest}, one of quite a few.`, {
            order: oldest,
            sentAt: now - 30 * hour - (1_000 - oldest) * 120_000,
            sender: oldest % 7 < 4 ? people.jonas : people.noor,
          });
        });
        fake.publish('timeline', { reset: false, upsert: older, remove: [] }, { roomId });
        fake.publish(
          'timelineStatus',
          { reachedStart: pages === 0, loadingOlder: false },
          { roomId },
        );
      },
      'timeline.lookAgain': () => undefined,
      'timeline.send': ({ roomId, body }) => {
        const order = Date.now();
        const echo = own(body, {
          id: `txn-${order}`,
          eventId: null,
          order,
          sentAt: order,
          delivery: 'sending',
        });
        fake.publish('timeline', { reset: false, upsert: [echo], remove: [] }, { roomId });
        setTimeout(() => {
          const sent: TimelineItem = { ...echo, delivery: 'sent' };
          fake.publish('timeline', { reset: false, upsert: [sent], remove: [] }, { roomId });
        }, 200);
      },
      'timeline.retry': () => undefined,
      'timeline.discard': ({ roomId, itemId }) => {
        fake.publish('timeline', { reset: false, upsert: [], remove: [itemId] }, { roomId });
      },
    });
  }
}

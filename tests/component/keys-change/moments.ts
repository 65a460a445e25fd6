/** Changes of what protects the keys, in each of their moments. */
import type { InteractiveAuthState } from '../../../preload/model/interactive-auth';
import type { KeyChangeState } from '../../../preload/model/key-change';
import type { KeyHealth } from '../../../preload/model/keys';
import { failure, type FakeTransport } from '../fake-transport';
import { keyHealth } from '../fixtures';
import { askedGroups, nothingKept, recoveryKey } from '../keys/key-scenes';

const newKeySteps = ['snapshot', 'describe_key', 'store_secrets', 'switch_key'] as const;
const backupSteps = [
  'read_backup',
  'snapshot',
  'create_backup',
  'fill_backup',
  'store_secrets',
  'delete_backup',
] as const;
const everything = {
  operation: 'reset_everything',
  steps: [
    'snapshot',
    'describe_key',
    'store_secrets',
    'replace_identity',
    'sign_device',
    'switch_key',
    'create_backup',
    'fill_backup',
  ],
} as const;

/** The server's question is open. */
export const asking = {
  ...everything,
  step: 'working',
  doing: 'replace_identity',
  cancellable: true,
  progress: null,
  waiting: false,
} as const satisfies KeyChangeState;

export const askedForPassword = {
  step: 'asking',
  ways: ['password'],
  refused: false,
  opened: false,
  checking: false,
} as const satisfies InteractiveAuthState;

interface Moment {
  readonly keyChange?: KeyChangeState;
  readonly interactiveAuth?: InteractiveAuthState;
  readonly keys?: Partial<KeyHealth>;
}

/** What the window's “Details” opens. */
export const runningChanges = {
  'new-key-working': {
    keyChange: {
      step: 'working',
      operation: 'new_key',
      steps: newKeySteps,
      doing: 'store_secrets',
      cancellable: true,
      progress: { done: 1, total: 4 },
      waiting: false,
    },
  },
  'reset-backup-waiting': {
    keyChange: {
      step: 'working',
      operation: 'reset_backup',
      steps: backupSteps,
      doing: 'fill_backup',
      cancellable: false,
      progress: { done: 1_280, total: 4_312 },
      waiting: true,
    },
  },
  'reset-backup-overtaken': {
    keyChange: {
      step: 'stopped',
      operation: 'reset_backup',
      steps: backupSteps,
      doing: 'create_backup',
      cancellable: true,
      code: 'changed_elsewhere',
    },
  },
  'new-key-done': { keyChange: { step: 'done', operation: 'new_key' } },
  'reset-backup-done': { keyChange: { step: 'done', operation: 'reset_backup' } },
  'reset-everything-password': { keyChange: asking, interactiveAuth: askedForPassword },
  'reset-everything-refused': {
    keyChange: asking,
    interactiveAuth: { ...askedForPassword, refused: true },
  },
  'reset-everything-browser': {
    keyChange: asking,
    interactiveAuth: { ...askedForPassword, ways: ['browser'] },
  },
  'reset-everything-opened': {
    keyChange: asking,
    interactiveAuth: { ...askedForPassword, ways: ['password', 'browser'], opened: true },
  },
  'reset-everything-done': { keyChange: { step: 'done', operation: 'reset_everything' } },
} as const satisfies Readonly<Record<string, Moment>>;

/** Before a change: what the settings offer. */
const before = {
  'changes-offered': {},
  'key-lost': { keys: { state: 'needs_restore', backedUpKeys: 412, phraseKnown: true } },
} as const satisfies Readonly<Record<string, Moment>>;

const moments: Readonly<Record<string, Moment>> = { ...runningChanges, ...before };

/** Publishes the moment, and answers what its screens ask. */
export function playKeyChange(fake: FakeTransport, scene: string): void {
  const moment = moments[scene];
  if (moment === undefined) return;
  fake.publish('keys', { ...keyHealth, ...moment.keys });
  fake.publish('keyChange', moment.keyChange ?? { step: 'none' });
  fake.publish('interactiveAuth', moment.interactiveAuth ?? { step: 'none' });
  fake.publish('restore', { step: 'idle' });
  fake.answer({
    'keyChange.begin': () => {
      fake.publish('setup', {
        step: 'presenting',
        method: 'key',
        kept: nothingKept,
        askedGroups: [...askedGroups],
      });
      return { recoveryKey };
    },
    'snapshots.list': () => [],
    'oldKey.read': ({ secret }) => {
      if (secret === 'Ein altes Kamel') return { keys: 412, unread: 3 };
      throw failure('old_key_unknown');
    },
    'setup.abandon': () => undefined,
    'interactiveAuth.openPage': () => undefined,
  });
}

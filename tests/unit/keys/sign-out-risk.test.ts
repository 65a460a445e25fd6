import { describe, expect, it } from 'vitest';
import { signOutRisk } from '../../../main/engine/keys/sign-out-risk';
import { unfinishedKeyWork } from '../../../main/engine/keys/unfinished';
import type { KeySurvey } from '../../../main/engine/keys/health/gather-key-facts';
import type { KeyFacts } from '../../../main/engine/keys/health/key-facts';
import type { KeyChangeState } from '../../../preload/model/key-change';
import { nothingYet } from './key-facts';

type Known = Parameters<typeof signOutRisk>[0];
type Work = Parameters<typeof unfinishedKeyWork>[0];

const backedUp: Known = {
  state: 'ready',
  survey: null,
  encryptedRooms: 2,
  lastKnown: { pendingKeys: 0, at: 1 },
};

const atRest: Work = {
  carryOver: { step: 'done', total: 3, failed: 0 },
  keyChange: { step: 'done', operation: 'new_key' },
  setup: { step: 'done' },
  restore: { step: 'idle' },
};
const change = { operation: 'new_key', steps: [], cancellable: true, doing: null } as const;
const working: KeyChangeState = { step: 'working', progress: null, waiting: false, ...change };
const stopped: KeyChangeState = { step: 'stopped', code: 'offline', ...change };
const progress = { done: 1, total: 3 };

describe('work with keys', () => {
  const cases: readonly (readonly [Partial<Work>, string | undefined])[] = [
    [{}, undefined],
    [{ carryOver: { step: 'none' }, keyChange: { step: 'none' } }, undefined],
    [{ carryOver: { step: 'running', ...progress } }, 'carry_over'],
    [{ carryOver: { step: 'interrupted', ...progress } }, undefined],
    [{ keyChange: working }, 'key_change'],
    [{ keyChange: stopped }, 'key_change'],
    [{ setup: { step: 'securing', doing: 'backup' } }, 'setup'],
    [{ restore: { step: 'checking' } }, undefined],
    [{ restore: { step: 'restoring', ...progress, timeLeftMs: null } }, 'restore'],
    [{ restore: { step: 'paused', ...progress } }, 'restore'],
    [{ restore: { step: 'interrupted', ...progress } }, 'restore'],
    [{ keyChange: working, restore: { step: 'paused', ...progress } }, 'key_change'],
  ];
  it.each(cases)('under way in %j: %s', (work, unfinished) => {
    expect(unfinishedKeyWork({ ...atRest, ...work })).toBe(unfinished);
  });
});

describe('the risk of signing out', () => {
  it.each([
    [undefined, true],
    ['restore', true],
    ['carry_over', false],
    ['key_change', false],
    ['setup', false],
  ] as const)('with everything in the backup and unfinished: %s', (unfinished, safe) => {
    const risk = signOutRisk(backedUp, { answered: true, unfinished });
    expect(risk).toMatchObject({ safe, pendingKeys: 0 });
    expect(risk.unfinished).toBe(unfinished);
  });

  it('is not called none where keys wait during a restore, or nobody answered', () => {
    const waiting: Known = {
      ...backedUp,
      state: 'uploading',
      lastKnown: { pendingKeys: 2, at: 1 },
    };
    const asked = { answered: true, unfinished: 'restore' } as const;
    expect(signOutRisk(waiting, asked).safe).toBe(false);
    expect(signOutRisk(backedUp, { ...asked, answered: false }).safe).toBe(false);
  });

  it.each<[boolean, string, Partial<KeyFacts>]>([
    [true, 'nor any of an identity', {}],
    [true, 'and an identity that was never published', { identityKeysHere: true }],
    [false, 'but the only ones of the identity', { identity: 'verified', identityKeysHere: true }],
    [
      false,
      'but those of an identity that may be published',
      { identity: 'unknown', identityKeysHere: true },
    ],
    [
      false,
      'but those of the identity, which storage lacks',
      { identity: 'verified', identityKeysHere: true, storage: 'backup_key_only' },
    ],
    [
      true,
      'but those of the identity, which storage holds',
      { identity: 'verified', identityKeysHere: true, storage: 'identity_only' },
    ],
    [true, 'but another device has those of the identity', { identity: 'unverified' }],
  ])('is safe (%s) on a device without room keys, %s', (safe, _what, facts) => {
    const survey: KeySurvey = {
      facts: { ...nothingYet, ...facts },
      backup: null,
      storageKey: null,
      storageKeyId: null,
      counts: { total: 0, pending: 0, version: null },
      missingKeys: 0,
      problem: null,
    };
    const known: Known = { ...backedUp, state: 'needs_setup', survey };
    expect(signOutRisk(known, { answered: true, unfinished: undefined }).safe).toBe(safe);
  });
});

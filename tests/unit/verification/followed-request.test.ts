import { EventEmitter } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  VerificationPhase,
  VerificationRequestEvent,
  type VerificationRequest,
} from 'matrix-js-sdk/lib/crypto-api/verification.js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { VerificationState } from '../../../preload/model/verification';
import { sasEmoji } from '../../../preload/rules/sas-emoji';
import { emojiOf } from '../../../main/engine/verification/emoji-of';
import { FollowedRequest } from '../../../main/engine/verification/followed-request';
import { verificationEnd } from '../../../main/engine/verification/verification-end';

/** As much of a request as is needed to let time pass over it. */
class SilentRequest extends EventEmitter {
  phase = VerificationPhase.Requested;
  initiatedByMe = true;
  accepting = false;
  timeout: number | null = 600_000;
  cancellationCode: string | null = null;
  readonly verifier = undefined;
  readonly cancel = vi.fn(() => Promise.resolve());
}

function follow(request: SilentRequest): VerificationState[] {
  const told: VerificationState[] = [];
  new FollowedRequest(request as unknown as VerificationRequest, {
    otherSide: () => ({ kind: 'own_device', deviceId: null, name: null }),
    hasImpostor: () => Promise.resolve(false),
    told: (state) => told.push(state),
  });
  return told;
}

const last = (told: readonly VerificationState[]): VerificationState | undefined => told.at(-1);

describe('a request that nobody answers', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('ends when its time is over, and is taken back', () => {
    const request = new SilentRequest();
    const told = follow(request);
    vi.advanceTimersByTime(599_999);
    expect(last(told)).toMatchObject({ step: 'waiting' });
    vi.advanceTimersByTime(1);
    expect(last(told)).toMatchObject({ step: 'cancelled', reason: 'timeout' });
    expect(request.cancel).toHaveBeenCalledOnce();
  });

  it('ends after ten minutes where the library names no time', () => {
    const request = Object.assign(new SilentRequest(), { timeout: null });
    const told = follow(request);
    vi.advanceTimersByTime(600_000);
    expect(last(told)).toMatchObject({ reason: 'timeout' });
  });

  it('waits where the SDK has not heard of the chosen way yet, and goes on when it has', async () => {
    const request = new SilentRequest();
    const told = follow(request);
    const between = vi.fn(() => {
      throw new Error('inner phase == Transitioned but no verifier!');
    });
    Object.defineProperty(request, 'phase', { configurable: true, get: between });
    request.emit(VerificationRequestEvent.Change);
    await nextTurn();
    expect(between).toHaveBeenCalled();
    expect(told).toHaveLength(1);
    Object.defineProperty(request, 'phase', { value: VerificationPhase.Done });
    request.emit(VerificationRequestEvent.Change);
    await nextTurn();
    expect(last(told)).toMatchObject({ step: 'done' });
  });

  it('ends after half a minute where the chosen way leads to nothing to compare', async () => {
    const request = new SilentRequest();
    const told = follow(request);
    request.phase = VerificationPhase.Started;
    request.emit(VerificationRequestEvent.Change);
    await nextTurn();
    expect(last(told)).toMatchObject({ step: 'starting' });
    vi.advanceTimersByTime(29_999);
    expect(last(told)).toMatchObject({ step: 'starting' });
    vi.advanceTimersByTime(1);
    expect(last(told)).toMatchObject({ step: 'cancelled', reason: 'timeout' });
    expect(request.cancel).toHaveBeenCalledOnce();
  });

  it('hears nothing more after its end', async () => {
    const request = new SilentRequest();
    const told = follow(request);
    request.phase = VerificationPhase.Cancelled;
    request.cancellationCode = 'm.user';
    request.emit(VerificationRequestEvent.Change);
    await nextTurn();
    expect(last(told)).toMatchObject({ step: 'cancelled', reason: 'declined' });
    expect(request.listenerCount(VerificationRequestEvent.Change)).toBe(0);
    vi.advanceTimersByTime(600_000);
    expect(request.cancel).not.toHaveBeenCalled();
  });
});

it.each([
  ['m.user', false, 'declined'],
  ['m.user', true, 'cancelled'],
  ['m.timeout', true, 'timeout'],
  ['m.accepted', false, 'accepted_elsewhere'],
  ['m.mismatched_sas', true, 'mismatch'],
  ['m.mismatched_commitment', true, 'key_mismatch'],
  ['m.key_mismatch', true, 'key_mismatch'],
  ['m.unexpected_message', true, 'failed'],
  [null, true, 'failed'],
] as const)('takes %s, agreed before: %s, for %s', (code, accepted, end) => {
  expect(verificationEnd(code, accepted)).toBe(end);
});

describe('the emoji', () => {
  it('are the 64 of the specification, each once', () => {
    expect(sasEmoji).toHaveLength(64);
    expect(new Set(sasEmoji.map(({ name }) => name)).size).toBe(64);
    expect(new Set(sasEmoji.map(({ symbol }) => symbol)).size).toBe(64);
  });

  it('are found by the names the crypto library has for them', () => {
    expect(emojiOf('Light Bulb')).toBe(sasEmoji[41]);
    expect(emojiOf('Thumbs Up')).toBe(sasEmoji[36]);
    expect(emojiOf('Dog')).toBe(sasEmoji[0]);
    expect(() => emojiOf('Gnu')).toThrow('Gnu');
  });
});

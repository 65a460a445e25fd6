/** The devices of a verification, and what both ends do in it. */
import { CryptoEvent, type VerificationPhase } from 'matrix-js-sdk/lib/crypto-api/index.js';
import {
  VerificationRequestEvent,
  type ShowSasCallbacks,
  type VerificationRequest,
} from 'matrix-js-sdk/lib/crypto-api/verification.js';
import type { VerificationState } from '../../../preload/model/verification';
import type { TestEngine } from '../../support/engine/start-engine';
import type { Device } from '../../support/partner/device';

type Step = VerificationState['step'];

/** Waits for a step, and hands it back. */
export async function step<Name extends Step>(
  engine: TestEngine,
  name: Name,
): Promise<Extract<VerificationState, { step: Name }>> {
  const state = await engine.verification.waitFor((value) => value.step === name);
  return state as Extract<VerificationState, { step: Name }>;
}

/** Once both are ready, the first one chooses emoji over the code. */
export async function chooseEmoji(one: TestEngine, other: TestEngine): Promise<void> {
  await Promise.all([step(one, 'ready'), step(other, 'ready')]);
  await one.call('verification.useEmoji', {});
}

/** Both engines compare the same emoji, which the first one chooses, and say so. */
export async function compare(one: TestEngine, other: TestEngine): Promise<void> {
  await chooseEmoji(one, other);
  const [here, there] = await Promise.all([step(one, 'emoji'), step(other, 'emoji')]);
  if (JSON.stringify(here.emoji) !== JSON.stringify(there.emoji)) throw new Error('Other emoji');
  if (here.emoji.length !== 7) throw new Error('Not seven emoji');
  await Promise.all([
    one.call('verification.emojiMatch', {}),
    other.call('verification.emojiMatch', {}),
  ]);
  await Promise.all([step(one, 'done'), step(other, 'done')]);
}

/** The next request that this partner's device receives. */
export function nextRequest({ client }: Device): Promise<VerificationRequest> {
  return new Promise((resolve) => {
    client.once(CryptoEvent.VerificationRequestReceived, resolve);
  });
}

/** Resolves once the request, as the partner has it, is as expected. */
export function until(
  request: VerificationRequest,
  holds: (request: VerificationRequest) => boolean,
): Promise<void> {
  return new Promise((resolve) => {
    // After this turn: the SDK tells of emoji just before it hands them out.
    const check = (): void => void setImmediate(look);
    const look = (): void => {
      if (!holds(request)) return;
      request.off(VerificationRequestEvent.Change, check);
      resolve();
    };
    request.on(VerificationRequestEvent.Change, check);
    check();
  });
}

export const inPhase =
  (phase: VerificationPhase) =>
  (request: VerificationRequest): boolean =>
    request.phase === phase;

/** The emoji that the partner sees; takes part in the exchange of keys. */
export async function partnerEmoji(request: VerificationRequest): Promise<ShowSasCallbacks> {
  await until(request, ({ verifier }) => verifier !== undefined);
  void request.verifier?.verify().catch(() => undefined);
  await until(request, ({ verifier }) => verifier?.getShowSasCallbacks() != null);
  return request.verifier!.getShowSasCallbacks()!;
}

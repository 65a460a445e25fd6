import { describe, expect, it, vi } from 'vitest';
import { isKeyNotInUse, QuitGate } from '../../../main/quit-gate';
import { ValueSource } from '../../../main/topics/value-source';
import type { AppState } from '../../../preload/model/app';
import type { QuitQuestion, SetupState, SignOutRisk } from '../../../preload/model/keys';

const atRisk: SignOutRisk = {
  state: 'needs_setup',
  pendingKeys: 3,
  encryptedRooms: 1,
  safe: false,
};
const signedIn = { phase: 'signed_in', account: {} } as AppState;

function gate(risk: () => Promise<SignOutRisk>, state: AppState = signedIn, lastKnown = atRisk) {
  const quitRequest = new ValueSource<QuitQuestion | null>(null);
  const keyNotInUse = { value: false };
  const end = vi.fn(() => Promise.resolve());
  const quitGate = new QuitGate({
    app: new ValueSource(state),
    quitRequest,
    risk,
    lastKnown: () => lastKnown,
    keyNotInUse: () => keyNotInUse.value,
    end,
  });
  return { quitGate, quitRequest, end, keyNotInUse };
}

describe('quitting', () => {
  it('asks while keys are not backed up, and goes when told to', async () => {
    const { quitGate, quitRequest, end } = gate(() => Promise.resolve(atRisk));
    expect(await quitGate.mayQuit()).toBe(false);
    expect(quitRequest.value).toMatchObject(atRisk);
    expect(end).not.toHaveBeenCalled();
    await quitGate.decide(true);
    expect(quitRequest.value).toBeNull();
    expect(end).toHaveBeenCalledOnce();
  });

  it('asks again after the person stayed', async () => {
    const { quitGate, quitRequest, end } = gate(() => Promise.resolve(atRisk));
    await quitGate.mayQuit();
    await quitGate.decide(false);
    expect(end).not.toHaveBeenCalled();
    expect(await quitGate.mayQuit()).toBe(false);
    expect(quitRequest.value).toMatchObject(atRisk);
  });

  it('asks while a recovery key was made that is not in use, even with no keys at risk', async () => {
    const { quitGate, quitRequest, keyNotInUse } = gate(() =>
      Promise.resolve({ ...atRisk, pendingKeys: 0 }),
    );
    keyNotInUse.value = true;
    expect(await quitGate.mayQuit()).toBe(false);
    expect(quitRequest.value).toMatchObject({ keyNotInUse: true });
  });

  it.each(['carry_over', 'key_change', 'setup', 'restore'] as const)(
    'says what stands still meanwhile, even with no keys at risk: %s',
    async (unfinished) => {
      const risk: SignOutRisk = { ...atRisk, pendingKeys: 0, safe: true, unfinished };
      const { quitGate, quitRequest, end } = gate(() => Promise.resolve(risk));
      expect(await quitGate.mayQuit()).toBe(false);
      expect(quitRequest.value).toEqual({ ...risk, keyNotInUse: false });
      await quitGate.decide(true);
      expect(end).toHaveBeenCalledOnce();
    },
  );

  it('asks when it is not known how many keys are at risk', async () => {
    const { quitGate } = gate(() => Promise.resolve({ ...atRisk, pendingKeys: null }));
    expect(await quitGate.mayQuit()).toBe(false);
  });

  it.each([
    ['everything is backed up', () => Promise.resolve({ ...atRisk, safe: true }), signedIn],
    ['there are no keys', () => Promise.resolve({ ...atRisk, pendingKeys: 0 }), signedIn],
    [
      'nobody is signed in',
      () => Promise.resolve(atRisk),
      { phase: 'signed_out' } satisfies AppState,
    ],
  ])('does not ask when %s', async (_name, risk, state) => {
    const { quitGate, end } = gate(risk, state);
    expect(await quitGate.mayQuit()).toBe(true);
    expect(end).toHaveBeenCalledOnce();
  });

  it.each([
    ['is gone', () => Promise.reject(new Error('gone'))],
    ['does not answer', () => new Promise<never>(() => undefined)],
  ])('goes by what was last known when the engine %s', async (_name, risk) => {
    vi.useFakeTimers();
    const asking = gate(risk);
    const asked = asking.quitGate.mayQuit();
    await vi.advanceTimersByTimeAsync(3_000);
    expect(await asked).toBe(false);
    expect(asking.quitRequest.value).toMatchObject(atRisk);

    const going = gate(risk, signedIn, { ...atRisk, pendingKeys: 0 });
    const gone = going.quitGate.mayQuit();
    await vi.advanceTimersByTimeAsync(3_000);
    expect(await gone).toBe(true);
    vi.useRealTimers();
  });
});

describe('a recovery key', () => {
  const kept = { saved: false, printed: false, pdf: false, copied: false };
  const states: readonly (readonly [SetupState, boolean])[] = [
    [{ step: 'idle' }, false],
    [{ step: 'presenting', method: 'key', kept, askedGroups: [1, 2, 3] }, true],
    [{ step: 'proven', method: 'key', kept }, true],
    [{ step: 'securing', doing: 'identity' }, true],
    [{ step: 'securing', doing: 'secret_storage' }, true],
    [{ step: 'securing', doing: 'backup' }, false],
    [{ step: 'securing', doing: 'uploading' }, false],
    [{ step: 'done' }, false],
  ];
  it.each(states)('is in use, or not: %j %s', (setup, notInUse) => {
    expect(isKeyNotInUse(setup)).toBe(notInUse);
  });
});

import { createClient, MatrixError } from 'matrix-js-sdk';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EngineTopics } from '../../../main/engine/engine-topics';
import { InteractiveAuth } from '../../../main/engine/interactive-auth/interactive-auth';
import { PasswordGuard } from '../../../main/engine/session/password-guard';
import type { Account } from '../../../preload/model/app';
import { TopicProbe } from '../../support/engine/topic-probe';

const password = 'correct horse';

/** What the server has to say to an answer: an HTTP status and an error code, or that it will do. */
type Verdict = 'done' | readonly [status: number, errcode: string];

/** What was sent along. */
interface Sent {
  readonly type?: string;
  readonly session?: string;
  readonly password?: string;
}

let stop: AbortController;
let passwordGuard: PasswordGuard;
let auth: InteractiveAuth;
let asked: TopicProbe<EngineTopics['interactiveAuth']['value']>;
let sent: Sent[];

beforeEach(() => {
  stop = new AbortController();
  passwordGuard = new PasswordGuard();
  sent = [];
  const topics = new EngineTopics();
  asked = new TopicProbe('interactiveAuth', topics.interactiveAuth);
  auth = new InteractiveAuth({
    client: createClient({ baseUrl: 'https://example.org' }),
    account: { userId: '@ada:example.org' } as Account,
    topics,
    passwordGuard,
    stopped: stop.signal,
  });
});
afterEach(() => {
  stop.abort();
  asked.stop();
});

/** Runs a request at a server that asks for `stages`, and has these verdicts, the last one for ever. */
function run(stages: readonly string[], ...verdicts: readonly [Verdict, ...Verdict[]]) {
  let session = 0;
  let answers = 0;
  return auth.run((given: Sent | undefined) => {
    if (sent.length > 20) throw new Error('It goes on and on');
    sent.push(given ?? {});
    if (given === undefined) {
      session += 1;
      return Promise.reject(challenge(stages, session));
    }
    const verdict = verdicts[Math.min(answers, verdicts.length - 1)] ?? 'done';
    answers += 1;
    if (verdict === 'done') return Promise.resolve('done');
    const [status, errcode] = verdict;
    return Promise.reject(
      status === 401 ? challenge(stages, session, errcode) : new MatrixError({ errcode }, status),
    );
  });
}

function challenge(
  stages: readonly string[],
  session: number,
  errcode?: string,
  ...others: readonly (readonly string[])[]
): MatrixError {
  const flows = [stages, ...others].map((each) => ({ stages: each }));
  const asks = { flows, session: String(session), completed: [] };
  return new MatrixError(errcode === undefined ? asks : { ...asks, errcode }, 401);
}

/** By password or in the browser. */
const either = (errcode?: string): MatrixError =>
  challenge(['m.login.password'], 1, errcode, ['m.login.sso']);

async function enter(typed = password): Promise<void> {
  await asked.waitFor((state) => state.step === 'asking' && !state.checking);
  auth.enterPassword(typed);
}

const timesAsked = (): number =>
  asked.history.filter((state) => state.step === 'asking' && !state.checking).length;

describe('a request that the server takes only from the person', () => {
  it('is sent again with the password it asks for', async () => {
    const done = run(['m.login.password'], 'done');
    await enter();
    await expect(done).resolves.toBe('done');
    expect(sent).toMatchObject([{}, { type: 'm.login.password', password, session: '1' }]);
    expect(await passwordGuard.matches(password)).toBe(true);
  });

  it('starts over by itself, with what was typed, where the server forgot about it', async () => {
    const done = run(['m.login.password'], [400, 'M_UNKNOWN'], 'done');
    await enter();
    await expect(done).resolves.toBe('done');
    expect(sent).toMatchObject([{}, { session: '1', password }, {}, { session: '2', password }]);
    expect(timesAsked()).toBe(1);
  });

  it('asks again where what was typed is refused, and forgets it', async () => {
    const done = run(['m.login.password'], [401, 'M_FORBIDDEN'], 'done');
    await enter('wrong');
    await asked.waitFor((state) => state.step === 'asking' && state.refused);
    await enter();
    await expect(done).resolves.toBe('done');
    expect(await passwordGuard.matches('wrong')).toBe(false);
  });

  it('does not know what was refused for the password, where the browser helped instead', async () => {
    const done = auth.run((given: Sent | undefined) => {
      sent.push(given ?? {});
      if (given?.password !== undefined) return Promise.reject(either('M_FORBIDDEN'));
      return sent.length > 2 ? Promise.resolve('done') : Promise.reject(either());
    });
    await enter('wrong');
    await asked.waitFor((state) => state.step === 'asking' && state.refused);
    auth.openPage();
    await expect(done).resolves.toBe('done');
    expect(await passwordGuard.matches('wrong')).toBe(false);
  });
});

describe('what the person does while the server is being asked', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  /** The answer to the second request is given by `answer`; every later one is that it will do. */
  function runHeld() {
    const arrived = Promise.withResolvers<undefined>();
    const held = Promise.withResolvers<never>();
    const done = auth.run((given: Sent | undefined) => {
      sent.push(given ?? {});
      if (sent.length === 1) return Promise.reject(either());
      if (sent.length > 2) return Promise.resolve('done');
      arrived.resolve(undefined);
      return held.promise;
    });
    return { done, arrived: arrived.promise, answer: held.reject };
  }

  async function lookingInTheBrowser() {
    const run = runHeld();
    await asked.waitFor(({ step }) => step === 'asking');
    auth.openPage();
    await vi.advanceTimersByTimeAsync(2_000);
    await run.arrived;
    expect(sent[1]).toEqual({ session: '1' });
    return run;
  }

  it.each([
    ['it was not confirmed yet', () => either()],
    ['no answer', () => new TypeError('fetch failed')],
    ['it forgot what it asked', () => new MatrixError({ errcode: 'M_UNKNOWN' }, 400)],
  ])('giving up counts: %s', async (_, failure) => {
    const { done, answer } = await lookingInTheBrowser();
    auth.cancel();
    answer(failure());
    await expect(done).rejects.toMatchObject({ code: 'cancelled' });
    expect(sent).toHaveLength(2);
  });

  it.each([
    ['it was not confirmed yet', () => either()],
    ['no answer', () => new TypeError('fetch failed')],
  ])('a password counts: %s', async (_, failure) => {
    const { done, answer } = await lookingInTheBrowser();
    auth.enterPassword(password);
    expect(asked.value).toMatchObject({ step: 'asking', checking: true });
    answer(failure());
    await expect(done).resolves.toBe('done');
    expect(sent[2]).toMatchObject({ type: 'm.login.password', password, session: '1' });
  });

  it('stopping counts, before anything is asked', async () => {
    const answer = Promise.withResolvers<never>();
    const arrived = Promise.withResolvers<undefined>();
    const done = auth.run(() => {
      arrived.resolve(undefined);
      return answer.promise;
    });
    await arrived.promise;
    stop.abort(new Error('stopped'));
    answer.reject(either());
    await expect(done).rejects.toThrow('stopped');
    expect(timesAsked()).toBe(0);
  });

  it('giving up ends the question after a password that is refused', async () => {
    const { done, arrived, answer } = runHeld();
    await enter('wrong');
    await arrived;
    auth.cancel();
    answer(either('M_FORBIDDEN'));
    await expect(done).rejects.toMatchObject({ code: 'cancelled' });
    expect(timesAsked()).toBe(1);
  });
});

describe('a request that the server refuses although it knows who is there', () => {
  it.each([
    [400, 'M_INVALID_SIGNATURE'],
    [403, 'M_FORBIDDEN'],
    [404, 'M_UNRECOGNIZED'],
  ])('ends with the server’s word, and one question: %d %s', async (status, errcode) => {
    const done = expect(run(['m.login.password'], [status, errcode])).rejects.toMatchObject({
      code: 'server_error',
      cause: { errcode },
    });
    await enter();
    await done;
    expect(sent).toHaveLength(4);
    expect(timesAsked()).toBe(1);
    expect(asked.value).toEqual({ step: 'none' });
    expect(await passwordGuard.matches(password)).toBe(false);
  });

  it('ends, too, where nothing is asked of the person', async () => {
    await expect(run(['m.login.dummy'], [403, 'M_FORBIDDEN'])).rejects.toMatchObject({
      code: 'server_error',
    });
    expect(sent).toHaveLength(4);
    expect(timesAsked()).toBe(0);
  });

  it('ends where that turns out only after a password that was refused first', async () => {
    const done = expect(
      run(['m.login.password'], [401, 'M_FORBIDDEN'], [403, 'M_FORBIDDEN']),
    ).rejects.toMatchObject({ code: 'server_error' });
    await enter('wrong');
    await asked.waitFor((state) => state.step === 'asking' && state.refused);
    await enter();
    await done;
    expect(timesAsked()).toBe(2);
  });
});

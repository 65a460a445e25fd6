import { MatrixError } from 'matrix-js-sdk';
import { describe, expect, it } from 'vitest';
import {
  challengeOf,
  nextStages,
  pageOf,
  type Challenge,
} from '../../../main/engine/interactive-auth/challenge';

const home = 'https://chat.uni-kueste.example/';

function challenge(data: object): Challenge {
  return challengeOf(new MatrixError(data, 401))!;
}

describe('what a server asks for', () => {
  it.each([
    ['another status', new MatrixError({ flows: [] }, 403)],
    ['a session that ended', new MatrixError({ errcode: 'M_UNKNOWN_TOKEN' }, 401)],
    ['flows of another shape', new MatrixError({ flows: [{ stages: 'm.login.password' }] }, 401)],
    ['no answer', new Error('offline')],
  ])('is not taken from %s', (_, error) => {
    expect(challengeOf(error)).toBeNull();
  });

  it.each([
    ['one of each flow, the shortest flow first', [['a', 'c'], ['b']], [], ['b', 'a']],
    ['what follows on what is done', [['a', 'c'], ['b']], ['a'], ['c', 'b']],
    ['nothing of a flow that is done', [['a', 'c'], ['b']], ['b'], ['a']],
    [
      'each stage once',
      [
        ['a', 'c'],
        ['a', 'b', 'c'],
      ],
      [],
      ['a'],
    ],
  ])('is %s', (_, stages, completed, next) => {
    const flows = stages.map((each) => ({ stages: each }));
    expect(nextStages(challenge({ flows, completed }))).toEqual(next);
  });
});

describe('the page of a stage', () => {
  const page = (data: object, stage: string): string | null =>
    pageOf(challenge({ flows: [{ stages: [stage] }], ...data }), stage, home);
  const url = 'https://account.uni-kueste.example/?action=reset';

  it('is the homeserver’s own', () => {
    expect(page({ session: 'a&b' }, 'm.login.sso')).toBe(
      'https://chat.uni-kueste.example/_matrix/client/v3/auth/m.login.sso/fallback/web?session=a%26b',
    );
  });

  it('does not exist without a session', () => {
    expect(page({}, 'm.login.sso')).toBeNull();
  });

  it.each(['m.oauth', 'org.matrix.cross_signing_reset'])(
    'is the one that the service of the accounts names: %s',
    (stage) => {
      expect(page({ params: { [stage]: { url } } }, stage)).toBe(url);
      expect(page({ session: '1', params: { [stage]: { url: 7 } } }, stage)).toContain(
        `/auth/${stage}/fallback/web`,
      );
    },
  );

  it('is never one that another stage names', () => {
    const params = { 'm.login.sso': { url }, 'm.oauth': { url } };
    expect(page({ session: '1', params }, 'm.login.sso')).toContain('/auth/m.login.sso/fallback');
  });
});

import { expect, test } from 'vitest';
import { startRefusal } from '../../../main/shell/refused-switches';

const refusalOf = (...given: string[]): string | null =>
  startRefusal((name) => given.includes(name), {});

test('an ordinary start is not refused', () => {
  expect(refusalOf()).toBeNull();
  expect(refusalOf('profile', 'lang')).toBeNull();
});

test.each(['no-sandbox', 'disable-setuid-sandbox', 'disable-gpu-sandbox'])(
  '--%s is refused, with the way to fix it',
  (name) => {
    expect(refusalOf(name)).toMatch(new RegExp(`^--${name} is refused.*ordinary user`, 's'));
  },
);

test.each(['remote-debugging-port', 'remote-debugging-pipe', 'disable-web-security', 'js-flags'])(
  '--%s is refused',
  (name) => {
    expect(refusalOf(name)).toContain(`--${name}`);
  },
);

test('the environment can’t switch the sandbox off either', () => {
  expect(startRefusal(() => false, { ELECTRON_DISABLE_SANDBOX: '1' })).toContain('SANDBOX');
});

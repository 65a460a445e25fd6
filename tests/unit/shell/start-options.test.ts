import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readStartOptions, StartOptionError } from '../../../main/shell/start-options';

test('--profile names the folder', () => {
  expect(readStartOptions(['--profile=/srv/ada', '--lang=de'], {}).profileDir).toBe('/srv/ada');
  expect(readStartOptions(['--profile=ada'], {}).profileDir).toBe(resolve('ada'));
});

test.each([[['--profile=']], [['--profile']], [['--profile=/a', '--profile=/b']]])(
  '%j can’t be followed',
  (args) => {
    expect(() => readStartOptions(args, {})).toThrow(StartOptionError);
  },
);

describe.runIf(process.platform === 'linux')('without it', () => {
  test('the default profile lies in the user’s configuration', () => {
    expect(readStartOptions([], {}).profileDir).toBe(
      join(homedir(), '.config/holdfast/profiles/default'),
    );
    expect(readStartOptions([], { XDG_CONFIG_HOME: '/srv/config' }).profileDir).toBe(
      '/srv/config/holdfast/profiles/default',
    );
  });

  test('a relative XDG_CONFIG_HOME is ignored', () => {
    expect(readStartOptions([], { XDG_CONFIG_HOME: 'config' }).profileDir).toBe(
      join(homedir(), '.config/holdfast/profiles/default'),
    );
  });
});

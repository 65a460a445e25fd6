import { describe, expect, test } from 'vitest';
import { headlessSwitches, windowSwitches } from '../../../main/shell/chromium/switches';

const options = { userDataDir: '/run/x', sandbox: true, locale: 'de-DE' };

describe.each([
  ['the window', windowSwitches],
  ['the browser that renders PDF', headlessSwitches],
])('%s', (_name, switches) => {
  test('is sandboxed, unless there is no way', () => {
    expect(switches(options).filter((given) => given.includes('sandbox'))).toEqual([]);
    expect(switches({ ...options, sandbox: false })).toContain('--no-sandbox');
  });

  test('is driven over a pipe, not over a port', () => {
    const driven = switches(options).filter((given) => given.startsWith('--remote-'));
    expect(driven).toEqual(['--remote-debugging-pipe']);
  });

  test('reaches nothing by itself, not even this machine, and keeps no cache', () => {
    expect(switches(options)).toEqual(
      expect.arrayContaining([
        '--proxy-server=http://127.0.0.1:9',
        '--proxy-bypass-list=<-loopback>',
        '--disk-cache-size=1',
      ]),
    );
  });

  test('does not weaken the page', () => {
    const weak = /web-security|site-isolation|isolate-origins|popup-blocking|automation|allow-/;
    expect(switches(options).filter((given) => weak.test(given))).toEqual([]);
  });
});

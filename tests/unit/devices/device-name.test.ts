import { hostname, userInfo } from 'node:os';
import { describe, expect, it } from 'vitest';
import { nameApart, ownDeviceName } from '../../../main/engine/devices/device-name';

describe('the name of a device', () => {
  it('says the operating system, and neither the computer nor its user', () => {
    expect(ownDeviceName).toMatch(/^Holdfast \((Linux|macOS|Windows)\)$/);
    expect(ownDeviceName).not.toContain(hostname());
    expect(ownDeviceName).not.toContain(userInfo().username);
  });

  it.each([
    [[], null],
    [['Phone', null, 'Linux 2'], null],
    [['Linux'], 'Linux 2'],
    [['Linux', 'Linux 2', 'Linux 7'], 'Linux 8'],
    [['Linux', 'Linux at work', 'Linux 03', 'Linux 99999', 'Linux -4'], 'Linux 2'],
  ] as const)('is told apart from %j: %s', (others, name) => {
    expect(nameApart('Linux', others)).toBe(name);
  });
});

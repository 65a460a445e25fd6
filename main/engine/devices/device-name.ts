/**
 * What a device is called in the account's device list. Everybody who shares a room with its owner
 * can read that name, so it says no more than the operating system: neither the computer's name nor
 * its user's. Several of one kind are numbered.
 */

const systems: Partial<Record<NodeJS.Platform, string>> = {
  win32: 'Windows',
  darwin: 'macOS',
  linux: 'Linux',
};

/** What a device is called when it signs in. */
export const ownDeviceName = `Holdfast (${systems[process.platform] ?? process.platform})`;

/**
 * A name for a device of the name `name` that none of the others has: theirs with the next number.
 * A number is not given again while a higher one is there. Null where the name is its own already.
 */
export function nameApart(name: string, others: readonly (string | null)[]): string | null {
  if (!others.includes(name)) return null;
  const numbers = others.map((other) => (other === null ? 0 : numberOf(name, other)));
  return `${name} ${Math.max(1, ...numbers) + 1}`;
}

function numberOf(name: string, other: string): number {
  const rest = other.startsWith(`${name} `) ? other.slice(name.length + 1) : '';
  return /^[1-9]\d{0,3}$/.test(rest) ? Number(rest) : 0;
}

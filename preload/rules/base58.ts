/** Base58 in the alphabet of the recovery key: no 0, O, I or l, which look alike on paper. */
const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const base = 58n;

export function isBase58(character: string): boolean {
  return character.length === 1 && alphabet.includes(character);
}

export function encodeBase58(bytes: Uint8Array): string {
  const zeros = countLeading(bytes, (byte) => byte === 0);
  let value = bytes.reduce((number, byte) => number * 256n + BigInt(byte), 0n);
  let text = '';
  for (; value > 0n; value /= base) text = alphabet.charAt(Number(value % base)) + text;
  return alphabet.charAt(0).repeat(zeros) + text;
}

/** Null where a character is not of the alphabet. */
export function decodeBase58(text: string): Uint8Array<ArrayBuffer> | null {
  const digits = Array.from(text, (character) => alphabet.indexOf(character));
  if (digits.includes(-1)) return null;
  let value = digits.reduce((number, digit) => number * base + BigInt(digit), 0n);
  const bytes: number[] = [];
  for (; value > 0n; value >>= 8n) bytes.unshift(Number(value & 255n));
  const zeros = countLeading(digits, (digit) => digit === 0);
  return new Uint8Array([...new Array<number>(zeros).fill(0), ...bytes]);
}

function countLeading(items: Iterable<number>, matches: (item: number) => boolean): number {
  let count = 0;
  for (const item of items) {
    if (!matches(item)) break;
    count++;
  }
  return count;
}

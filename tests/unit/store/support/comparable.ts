/** A value in which equality sees the bytes of buffers, and the two zeros as one. */
export function comparable(value: unknown): unknown {
  if (value instanceof ArrayBuffer) return ['buffer', ...new Uint8Array(value)];
  if (typeof value === 'number') return value + 0;
  if (Array.isArray(value)) return value.map(comparable);
  if (value !== null && Object.getPrototypeOf(value) === Object.prototype) {
    return Object.fromEntries(
      Object.entries(value as object).map(([name, member]) => [name, comparable(member)]),
    );
  }
  return value;
}

/** A value in which equality sees the bytes of buffers, and the two zeros as one. */
export function comparable(value: unknown): unknown {
  if (value instanceof ArrayBuffer) return ['buffer', ...new Uint8Array(value)];
  if (typeof value === 'number') return value + 0;
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value !== 'object' || value === null) return value;
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, comparable(member)]),
  );
}

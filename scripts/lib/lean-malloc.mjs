/**
 * How Node is to keep freed memory on Linux: give it back. Left alone, glibc takes a large buffer
 * that is freed for a sign that others will follow, and keeps up to twice its size on every thread:
 * some 35 MB that nobody uses. Electron brings an allocator of its own, and passes over this.
 *
 * @see https://sourceware.org/glibc/manual/latest/html_node/Memory-Allocation-Tunables.html
 * @type {Readonly<Record<string, string>>}
 */
export const leanMalloc = { MALLOC_TRIM_THRESHOLD_: String(128 * 1024) };

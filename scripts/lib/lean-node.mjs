/** How Node is started where the app runs in it, so that it keeps no memory that nobody uses. */

/**
 * Megabytes of new objects before the main thread looks for garbage. It makes few, but each may hold
 * what has come over the network. The other threads have limits of their own, which count once the
 * app has taken this one back (main/shell/chromium/thread-heaps.ts).
 */
const youngMB = 2;

/** @type {readonly string[]} */
export const leanNodeArgs = [`--max-semi-space-size=${youngMB}`];

/**
 * On Linux glibc takes a large buffer that is freed for a sign that others will follow, and keeps up
 * to twice its size for every thread. Here it gives it back.
 *
 * @see https://sourceware.org/glibc/manual/latest/html_node/Memory-Allocation-Tunables.html
 * @type {Readonly<Record<string, string>>}
 */
export const leanNodeEnv = { MALLOC_TRIM_THRESHOLD_: String(128 * 1024) };

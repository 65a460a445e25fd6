import type { Logger } from 'matrix-js-sdk/lib/logger.js';

const nothing = (): void => undefined;

/** matrix-js-sdk logs URLs, bodies and ids; none of it may reach a log (S4). */
export const silentLogger: Logger = {
  trace: nothing,
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  getChild: () => silentLogger,
};

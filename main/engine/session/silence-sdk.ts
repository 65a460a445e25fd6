import * as sdkLogging from 'matrix-js-sdk/lib/logger.js';
import { silentLogger } from '../silent-logger';

/** Parts of matrix-js-sdk log ids and URLs past the client's logger: close that way too (S4). */
export function silenceSdk(): void {
  const shared = Reflect.get(sdkLogging, 'logger') as object;
  Object.assign(shared, silentLogger, { log: silentLogger.debug });
}

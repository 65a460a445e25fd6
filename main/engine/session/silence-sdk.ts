/**
 * Parts of matrix-js-sdk log ids and URLs past the client's logger: this closes that way too (S4).
 * Some of them take their log function while they load, so this is to be imported before the SDK.
 */
import * as sdkLogging from 'matrix-js-sdk/lib/logger.js';
import { silentLogger } from '../silent-logger';

const shared = Reflect.get(sdkLogging, 'logger') as object;
Object.assign(shared, silentLogger, { log: silentLogger.debug });

import { matrixError, type Intercept } from '../../support/engine/test-fetch';

/** No key gets into the backup, whoever uploads: the SDK's own loop begins at any moment. */
export const uploadsFail: Intercept = async ({ method, url }, onward) =>
  method === 'PUT' && url.pathname.endsWith('/room_keys/keys')
    ? matrixError(503, 'M_UNKNOWN')
    : onward();

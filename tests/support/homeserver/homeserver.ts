/** A real Synapse for a test; see {@link startHomeserver}. */
export {
  connectHomeserver,
  startHomeserver,
  type Homeserver,
  type HomeserverOptions,
  type RegisteredUser,
} from '../../../scripts/lib/homeserver.mjs';

/** A real gnome-keyring in a D-Bus session of its own; see {@link startKeyring}. */
export { startKeyring, type Keyring } from '../../../scripts/lib/keyring.mjs';

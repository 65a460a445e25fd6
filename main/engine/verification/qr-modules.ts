import { encode } from 'uqr';
import type { QrModules } from '../../../preload/model/verification';

/** Modules of the quiet zone that readers need. */
const quietZone = 4;

/** The bytes as a QR code, drawn here: the window gets dark and light, and no keys to handle. */
export function qrModules(bytes: Uint8ClampedArray): QrModules {
  const { data } = encode([...bytes], { ecc: 'L', border: quietZone });
  return data.map((row) => row.map((dark) => (dark ? '1' : '0')).join(''));
}

import type { Reply } from '../../preload/api';
import { toBridgeError } from '../holdfast-error';

/** Runs a call and puts its outcome into the form that crosses the bridge; never rejects. */
export async function reply(run: () => Promise<unknown>): Promise<Reply> {
  try {
    return { ok: true, value: await run() };
  } catch (error) {
    return { ok: false, error: toBridgeError(error) };
  }
}

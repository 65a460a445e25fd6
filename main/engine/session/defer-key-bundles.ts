/**
 * After accepting an invitation, matrix-js-sdk looks for shared history at every start for a day,
 * before encryption is up, and gives up starting when the server does not answer: offline, the app
 * would not open. Here the look waits until encryption is started, and runs beside everything else.
 * A look that fails is repeated by the SDK at the next start.
 * @see https://github.com/matrix-org/matrix-spec-proposals/pull/4268
 */
import type { CryptoApi } from 'matrix-js-sdk/lib/crypto-api/index.js';
import { RustCrypto } from 'matrix-js-sdk/lib/rust-crypto/rust-crypto.js';

type Accept = (this: RustCrypto, roomId: string, inviter: string) => Promise<boolean>;

const accept: Accept = Reflect.get<RustCrypto, 'maybeAcceptKeyBundle'>(
  RustCrypto.prototype,
  'maybeAcceptKeyBundle',
);
const started = new WeakSet();
const deferred = new WeakMap<object, (() => Promise<boolean>)[]>();

const acceptWhenStarted: Accept = function (roomId, inviter) {
  if (started.has(this)) return accept.call(this, roomId, inviter);
  const looks = deferred.get(this) ?? [];
  deferred.set(this, [...looks, () => accept.call(this, roomId, inviter)]);
  return Promise.resolve(false);
};
Reflect.set(RustCrypto.prototype, 'maybeAcceptKeyBundle', acceptWhenStarted);

/** Does what was put off while `crypto` was starting; never rejects. */
export async function acceptDeferredKeyBundles(crypto: CryptoApi | undefined): Promise<void> {
  if (crypto === undefined) return;
  started.add(crypto);
  for (const look of deferred.get(crypto) ?? []) await look().catch(() => false);
}

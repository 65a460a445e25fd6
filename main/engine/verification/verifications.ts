/** Verifying own devices and other people: one at a time, begun here or by the other side. */
import { CryptoEvent } from 'matrix-js-sdk/lib/crypto-api/CryptoEvent.js';
import type { VerificationRequest } from 'matrix-js-sdk/lib/crypto-api/verification.js';
import type { DeviceId, UserId } from '../../../preload/model/ids';
import type { OtherSide, VerificationState } from '../../../preload/model/verification';
import { HoldfastError } from '../../holdfast-error';
import type { AccountContext } from '../account-context';
import { cryptoOf } from '../keys/olm-machine';
import { requestError } from '../session/request-error';
import { listen } from '../sync/listen';
import { conversationWith } from './conversation-with';
import { FollowedRequest } from './followed-request';
import { hasImpostor } from './impostor';
import { isPending } from './phase-of';
import { findRequestsOfNewDevices } from './requests-of-new-devices';

export interface VerificationParts {
  /** This device and another one of the account verified each other: what it lacks is sent now. */
  readonly verifiedByOwnDevice: () => void;
}

export class Verifications {
  readonly #context: AccountContext;
  readonly #parts: VerificationParts;
  #current: FollowedRequest | null = null;
  #asking = false;
  /** Requests that came while another verification was under way. */
  #waiting: VerificationRequest[] = [];

  constructor(context: AccountContext, parts: VerificationParts) {
    this.#context = context;
    this.#parts = parts;
    const { client, stopped } = context;
    listen(client, stopped, {
      [CryptoEvent.VerificationRequestReceived]: (request: VerificationRequest) => {
        this.#received(request);
      },
    });
    findRequestsOfNewDevices(context, (request) => {
      this.#received(request);
    });
    stopped.addEventListener('abort', () => this.#current?.leave(), { once: true });
  }

  /** Asks all other devices of the account. */
  async requestOwn(): Promise<void> {
    await this.#ask(() => cryptoOf(this.#context.client).requestOwnUserVerification());
  }

  async requestDevice(deviceId: DeviceId): Promise<void> {
    const { client, account } = this.#context;
    await this.#ask(() => cryptoOf(client).requestDeviceVerification(account.userId, deviceId));
  }

  /** @throws {HoldfastError} `verify_own_first` where this device is not verified itself */
  async requestPerson(userId: UserId): Promise<void> {
    const { client, account } = this.#context;
    if (userId === account.userId) throw new HoldfastError('not_allowed', 'That is this account');
    await this.#ask(async () => {
      await this.#requireVerified();
      const roomId = await conversationWith(client, userId);
      return cryptoOf(client).requestVerificationDM(userId, roomId);
    });
  }

  /** @throws {HoldfastError} `verify_own_first` for a person's request on an unverified device */
  async accept(): Promise<void> {
    const current = this.#require();
    // Trust in others is worth what the trust in this device is.
    if (!current.request.isSelfVerification) await this.#requireVerified();
    await attempt(() => current.accept());
  }

  async useEmoji(): Promise<void> {
    const current = this.#require();
    await attempt(() => current.useEmoji());
  }

  async emojiMatch(): Promise<void> {
    const current = this.#require();
    await attempt(() => current.emojiMatch());
  }

  emojiMismatch(): void {
    this.#require().emojiMismatch();
  }

  async qrSeen(seen: boolean): Promise<void> {
    const current = this.#require();
    await attempt(() => current.qrSeen(seen));
  }

  /** @throws {HoldfastError} `code_wrong` for a code that does not belong to this verification */
  async scan(code: Uint8Array): Promise<void> {
    const current = this.#require();
    await attempt(() => current.scan(code));
  }

  /** Ends it for both sides, and closes it here at once. */
  async cancel(): Promise<void> {
    const current = this.#require();
    const cancelled = current.cancel();
    this.dismiss();
    await attempt(() => cancelled);
  }

  /** The person has seen how it ended. */
  dismiss(): void {
    if (this.#current?.over === false) {
      throw new HoldfastError('not_allowed', 'The verification is under way');
    }
    this.#current = null;
    this.#tell({ step: 'none' });
    this.#takeUpNext();
  }

  #received(request: VerificationRequest): void {
    this.#waiting.push(request);
    this.#takeUpNext();
  }

  #require(): FollowedRequest {
    if (this.#current === null || this.#current.over) {
      throw new HoldfastError('not_ready', 'No verification is under way');
    }
    return this.#current;
  }

  async #ask(request: () => Promise<VerificationRequest>): Promise<void> {
    if (this.#asking || this.#current?.over === false) {
      throw new HoldfastError('not_allowed', 'A verification is under way');
    }
    this.#asking = true;
    try {
      const asked = await attempt(request);
      this.#follow(asked);
    } finally {
      this.#asking = false;
    }
  }

  #takeUpNext(): void {
    if (this.#current !== null || this.#asking) return;
    const next = this.#waiting.find(isPending);
    this.#waiting = this.#waiting.filter((request) => request !== next && isPending(request));
    if (next !== undefined) this.#follow(next);
  }

  #follow(request: VerificationRequest): void {
    const { client } = this.#context;
    const names = new Map<string, string | null>();
    const learnName = async (deviceId: string): Promise<void> => {
      names.set(deviceId, null);
      const devices = await cryptoOf(client).getUserDeviceInfo([request.otherUserId]);
      names.set(deviceId, devices.get(request.otherUserId)?.get(deviceId)?.displayName ?? null);
      followed.lookAgain();
    };
    const followed: FollowedRequest = new FollowedRequest(request, {
      otherSide: () => {
        const { otherDeviceId } = request;
        if (!request.isSelfVerification) return this.#person(request);
        if (otherDeviceId === undefined) return { kind: 'own_device', deviceId: null, name: null };
        if (!names.has(otherDeviceId)) learnName(otherDeviceId).catch(() => undefined);
        const name = names.get(otherDeviceId) ?? null;
        return { kind: 'own_device', deviceId: otherDeviceId as DeviceId, name };
      },
      hasImpostor: () => hasImpostor(client, request.otherUserId),
      told: (state) => {
        this.#tell(state);
        if (state.step === 'done' && request.isSelfVerification) this.#verifiedByOwnDevice();
      },
    });
    this.#current = followed;
  }

  #person(request: VerificationRequest): OtherSide {
    const userId = request.otherUserId as UserId;
    const room = this.#context.client.getRoom(request.roomId);
    return { kind: 'person', userId, name: room?.getMember(userId)?.name ?? userId };
  }

  #verifiedByOwnDevice(): void {
    if (!this.#context.stopped.aborted) this.#parts.verifiedByOwnDevice();
  }

  async #isVerified(): Promise<boolean> {
    const { client, account } = this.#context;
    const status = await cryptoOf(client).getDeviceVerificationStatus(
      account.userId,
      account.deviceId,
    );
    return status?.crossSigningVerified === true;
  }

  async #requireVerified(): Promise<void> {
    if (await this.#isVerified()) return;
    throw new HoldfastError('verify_own_first', 'This device is not verified itself');
  }

  #tell(state: VerificationState): void {
    if (!this.#context.stopped.aborted) this.#context.topics.verification.set(state);
  }
}

async function attempt<Result>(doing: () => Promise<Result>): Promise<Result> {
  try {
    return await doing();
  } catch (error) {
    throw requestError(error);
  }
}

/**
 * The account's cross-signing identity: publishing it, taking over its private keys, and signing
 * this device with it.
 * @see https://spec.matrix.org/latest/client-server-api/#cross-signing
 */
import {
  RequestType,
  type KeysUploadRequest,
  type OlmMachine,
} from '@matrix-org/matrix-sdk-crypto-wasm';
import { MatrixError, Method, type MatrixClient } from 'matrix-js-sdk';
import { HoldfastError } from '../../../holdfast-error';
import { cryptoOf, olmMachineOf } from '../olm-machine';
import type { Homeserver } from '../server/homeserver';
import { serverFailure } from '../server/server-failure';
import { uploadSigningKeys } from './upload-signing-keys';

/** The private keys, unpadded Base64, as they lie in secret storage. */
export interface IdentityKeys {
  readonly master: string;
  readonly selfSigning: string;
  readonly userSigning: string;
}

export class Identity {
  readonly #client: MatrixClient;
  readonly #homeserver: Homeserver;

  constructor(client: MatrixClient, homeserver: Homeserver) {
    this.#client = client;
    this.#homeserver = homeserver;
  }

  /** Asks the server, not what this device remembers. */
  async isPublished(): Promise<boolean> {
    try {
      return await cryptoOf(this.#client).userHasCrossSigningKeys(
        this.#client.getSafeUserId(),
        true,
      );
    } catch (error) {
      throw serverFailure(error);
    }
  }

  /** Whether this device is signed by the identity, and the identity is the one it trusts. */
  async signsThisDevice(): Promise<boolean> {
    const deviceId = this.#client.getDeviceId() ?? '';
    const status = await cryptoOf(this.#client).getDeviceVerificationStatus(
      this.#client.getSafeUserId(),
      deviceId,
    );
    return status?.crossSigningVerified ?? false;
  }

  async hasKeysHere(): Promise<boolean> {
    const status = await this.#machine.crossSigningStatus();
    try {
      return status.hasMaster && status.hasSelfSigning && status.hasUserSigning;
    } finally {
      status.free();
    }
  }

  /** The private keys of this device; null unless all are here. */
  async exportKeys(): Promise<IdentityKeys | null> {
    const exported = await this.#machine.exportCrossSigningKeys();
    if (exported === undefined) return null;
    try {
      const {
        masterKey: master,
        self_signing_key: selfSigning,
        userSigningKey: userSigning,
      } = exported;
      if (master === undefined || selfSigning === undefined || userSigning === undefined)
        return null;
      return { master, selfSigning, userSigning };
    } finally {
      exported.free();
    }
  }

  /**
   * Publishes an identity where the account has none, and goes on where an earlier attempt stopped:
   * keys made then are used again. An existing identity is never replaced.
   *
   * @throws {HoldfastError} `not_allowed` where the account has an identity this device can't sign
   *   with, `reauth_required`, `wrong_password`, or what the network says
   */
  async publish(accountPassword: string | undefined): Promise<void> {
    const published = await this.isPublished();
    const keysHere = await this.hasKeysHere();
    if (published && !(keysHere && (await this.#isTrusted()))) {
      throw new HoldfastError('not_allowed', 'The account has an identity of another device');
    }
    if (!published) {
      const requests = await this.#machine.bootstrapCrossSigning(!keysHere);
      try {
        const deviceKeys = requests.uploadKeysRequest as KeysUploadRequest | undefined;
        if (deviceKeys !== undefined) await this.#send(deviceKeys);
        const { body } = requests.uploadSigningKeysRequest;
        await uploadSigningKeys(
          this.#homeserver,
          body,
          this.#client.getSafeUserId(),
          accountPassword,
        );
        await this.#send(requests.uploadSignaturesRequest);
      } finally {
        requests.free();
      }
      await this.isPublished();
    }
    if (!(await this.signsThisDevice())) await this.signThisDevice();
  }

  /** False where the keys are not those of the account's published identity. */
  async takeOver({ master, selfSigning, userSigning }: IdentityKeys): Promise<boolean> {
    if (!(await this.isPublished())) return false;
    const status = await this.#machine
      .importCrossSigningKeys(master, selfSigning, userSigning)
      .catch(() => null);
    try {
      return status !== null && status.hasMaster && status.hasSelfSigning && status.hasUserSigning;
    } finally {
      status?.free();
    }
  }

  /** Makes this device a verified one. Needs the private keys here. */
  async signThisDevice(): Promise<void> {
    const { userId, deviceId } = this.#machine;
    const device = await this.#machine.getDevice(userId, deviceId);
    if (device === undefined) throw new HoldfastError('internal', 'This device is not known');
    try {
      await this.#send(await device.verify());
    } finally {
      device.free();
    }
    await this.isPublished();
  }

  get #machine(): OlmMachine {
    return olmMachineOf(this.#client);
  }

  async #isTrusted(): Promise<boolean> {
    const userId = this.#client.getSafeUserId();
    return (
      await cryptoOf(this.#client).getUserVerificationStatus(userId)
    ).isCrossSigningVerified();
  }

  async #send(request: SignedRequest): Promise<void> {
    const path =
      request.type === RequestType.KeysUpload ? '/keys/upload' : '/keys/signatures/upload';
    try {
      const answer = await this.#homeserver.send(Method.Post, path, request.body);
      if (request.id !== undefined) {
        await this.#machine.markRequestAsSent(request.id, request.type, answer);
      }
    } catch (error) {
      throw error instanceof MatrixError ? serverFailure(error) : error;
    }
  }
}

interface SignedRequest {
  readonly id: string | undefined;
  readonly type: RequestType;
  readonly body: string;
}

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
import { MatrixError, Method, type IDownloadKeyResult, type MatrixClient } from 'matrix-js-sdk';
import { HoldfastError } from '../../../holdfast-error';
import { cryptoOf, olmMachineOf } from '../olm-machine';
import type { InteractiveAuth } from '../../interactive-auth/interactive-auth';
import type { Homeserver } from '../server/homeserver';
import { serverFailure } from '../server/server-failure';
import { uploadSigningKeys } from './upload-signing-keys';

/** The private keys, unpadded Base64, as they lie in secret storage. */
export interface IdentityKeys {
  readonly master: string;
  readonly selfSigning: string;
  readonly userSigning: string;
}

/** The account's identity as the server has it. */
export interface PublishedIdentity {
  readonly isThere: boolean;
  /** The public master key; null where there is no identity. */
  readonly masterKey: string | null;
  /** Its private keys are on this device. */
  readonly isMine: boolean;
  /** This device trusts it, and it signs this device. */
  readonly verifiesThisDevice: boolean;
  readonly signsThisDevice: boolean;
}

export class Identity {
  readonly #client: MatrixClient;
  readonly #homeserver: Homeserver;
  readonly #interactiveAuth: InteractiveAuth;

  constructor(client: MatrixClient, homeserver: Homeserver, interactiveAuth: InteractiveAuth) {
    this.#client = client;
    this.#homeserver = homeserver;
    this.#interactiveAuth = interactiveAuth;
  }

  /**
   * How the identity stands on the server. What this device remembers won't do: keys made here count
   * as its identity before anybody has them.
   *
   * @throws {HoldfastError} where no answer came
   */
  async published(): Promise<PublishedIdentity> {
    const { answer, devices } = await this.#ask();
    const userId = this.#client.getSafeUserId();
    const master = publicKeyOf(answer.master_keys?.[userId]);
    if (master === null) return noIdentity;
    const selfSigning = publicKeyOf(answer.self_signing_keys?.[userId]) ?? '';
    const signsThisDevice = isSigned(
      devices[this.#client.getDeviceId() ?? ''],
      userId,
      selfSigning,
    );
    return {
      isThere: true,
      masterKey: master,
      isMine: master === (await cryptoOf(this.#client).getCrossSigningKeyId()),
      verifiesThisDevice: signsThisDevice && (await this.#isTrusted()),
      signsThisDevice,
    };
  }

  /**
   * Whether the account's published identity has signed that device of the account.
   *
   * @throws {HoldfastError} where no answer came
   */
  async hasSigned(deviceId: string): Promise<boolean> {
    const { answer, devices } = await this.#ask();
    const userId = this.#client.getSafeUserId();
    return isSigned(
      devices[deviceId],
      userId,
      publicKeyOf(answer.self_signing_keys?.[userId]) ?? '',
    );
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
    const before = await this.published();
    if (before.isThere && !before.isMine) {
      throw new HoldfastError('not_allowed', 'The account has an identity of another device');
    }
    if (!before.isThere) await this.#upload(accountPassword);
    if (!(await this.published()).signsThisDevice) await this.signThisDevice();
  }

  /** False where the keys are not those of the account's published identity. */
  async takeOver({ master, selfSigning, userSigning }: IdentityKeys): Promise<boolean> {
    await this.#refresh();
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
    await this.#refresh();
  }

  async #ask(): Promise<{ answer: IDownloadKeyResult; devices: OwnDevices }> {
    const userId = this.#client.getSafeUserId();
    const answer = await this.#client.downloadKeysForUsers([userId]).catch((error: unknown) => {
      throw serverFailure(error);
    });
    const devices = answer.device_keys[userId];
    if (devices === undefined) throw new HoldfastError('server_error', 'Own keys not answered');
    return { answer, devices };
  }

  get #machine(): OlmMachine {
    return olmMachineOf(this.#client);
  }

  /** Private keys made by an earlier attempt are used again: they may be published by now. */
  async #upload(accountPassword: string | undefined): Promise<void> {
    const userId = this.#client.getSafeUserId();
    const requests = await this.#machine.bootstrapCrossSigning(!(await this.hasKeysHere()));
    try {
      const deviceKeys = requests.uploadKeysRequest as KeysUploadRequest | undefined;
      if (deviceKeys !== undefined) await this.#send(deviceKeys);
      const { body } = requests.uploadSigningKeysRequest;
      await uploadSigningKeys(
        this.#homeserver,
        body,
        userId,
        accountPassword,
        this.#interactiveAuth,
      );
      await this.#send(requests.uploadSignaturesRequest);
    } finally {
      requests.free();
    }
    await this.#refresh();
  }

  /** Lets this device's crypto store learn what the server has. */
  async #refresh(): Promise<void> {
    const userId = this.#client.getSafeUserId();
    try {
      await cryptoOf(this.#client).userHasCrossSigningKeys(userId, true);
    } catch (error) {
      throw serverFailure(error);
    }
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

type OwnDevices = IDownloadKeyResult['device_keys'][string];

function isSigned(
  device: OwnDevices[string] | undefined,
  userId: string,
  selfSigning: string,
): boolean {
  return Object.hasOwn(device?.signatures?.[userId] ?? {}, `ed25519:${selfSigning}`);
}

interface SignedRequest {
  readonly id: string | undefined;
  readonly type: RequestType;
  readonly body: string;
}

const noIdentity: PublishedIdentity = {
  isThere: false,
  masterKey: null,
  isMine: false,
  verifiesThisDevice: false,
  signsThisDevice: false,
};

function publicKeyOf(
  key: { readonly keys: Readonly<Record<string, string>> } | undefined,
): string | null {
  return key === undefined ? null : (Object.values(key.keys)[0] ?? null);
}

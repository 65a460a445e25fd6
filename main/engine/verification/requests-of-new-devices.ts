/**
 * A request of a device that signed in a moment ago may come before its keys are known here, and the
 * crypto library then drops it: the person would wait for nothing. Such a request is handed to it
 * once more when the device is known.
 */
import { DeviceLists } from '@matrix-org/matrix-sdk-crypto-wasm';
import { ClientEvent, EventType } from 'matrix-js-sdk';
import type { VerificationRequest } from 'matrix-js-sdk/lib/crypto-api/verification.js';
import { z } from 'zod';
import type { AccountContext } from '../account-context';
import { cryptoOf, olmMachineOf } from '../keys/olm-machine';
import { listen } from '../sync/listen';

const requested = z.looseObject({
  type: z.literal(EventType.KeyVerificationRequest),
  sender: z.string(),
  content: z.looseObject({ transaction_id: z.string(), from_device: z.string() }),
});

type Requested = z.output<typeof requested>;

/** @param found told of a request that would have been lost */
export function findRequestsOfNewDevices(
  context: AccountContext,
  found: (request: VerificationRequest) => void,
): void {
  const { client, account, stopped } = context;
  listen(client, stopped, {
    [ClientEvent.ReceivedToDeviceMessage]: ({ message }) => {
      const request = requested.safeParse(message).data;
      // Other people ask in a room, where the library looks for their devices itself.
      if (request?.sender !== account.userId) return;
      handOver(context, request).then(
        (taken) => {
          if (taken !== null && !stopped.aborted) found(taken);
        },
        () => undefined,
      );
    },
  });
}

async function handOver(
  { client, stopped }: AccountContext,
  message: Requested,
): Promise<VerificationRequest | null> {
  const { sender, content } = message;
  const inProgress = (): VerificationRequest | undefined =>
    cryptoOf(client)
      .getVerificationRequestsToDeviceInProgress(sender)
      .find(({ transactionId }) => transactionId === content.transaction_id);
  const isKnown = async (): Promise<boolean> => {
    const devices = await cryptoOf(client).getUserDeviceInfo([sender]);
    return devices.get(sender)?.has(content.from_device) === true;
  };
  const machine = olmMachineOf(client);
  if (machine.deviceId.toString() === content.from_device || inProgress() !== undefined)
    return null;
  if (!(await isKnown())) {
    // Asks the server for the devices of the account, whatever it answers about identities.
    await cryptoOf(client).userHasCrossSigningKeys(sender, true);
    if (!(await isKnown())) return null;
  }
  if (stopped.aborted) return null;
  // In the form in which a missing count of one-time keys means "unchanged".
  await machine.receiveSyncChangesMsc4186(JSON.stringify([message]), new DeviceLists(), new Map());
  return inProgress() ?? null;
}

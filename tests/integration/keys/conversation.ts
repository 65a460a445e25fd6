/** Encrypted rooms with history, made through the SDK beneath the engine. */
import {
  ClientEvent,
  EventType,
  MatrixEventEvent,
  MsgType,
  Preset,
  type MatrixClient,
  type MatrixEvent,
} from 'matrix-js-sdk';
import type { TestEngine } from '../../support/engine/start-engine';

export interface Sent {
  readonly roomId: string;
  readonly eventId: string;
  readonly text: string;
}

export function clientOf({ engine }: TestEngine): MatrixClient {
  return engine.session.client;
}

/** Makes `rooms` encrypted rooms with `sessions` messages each, every one under a key of its own. */
export async function converse(
  engine: TestEngine,
  rooms: number,
  sessions: number,
): Promise<Sent[]> {
  const client = clientOf(engine);
  await engine.connection.waitFor(({ state }) => state === 'online');
  const sent: Sent[] = [];
  for (let room = 0; room < rooms; room += 1) {
    const roomId = await createEncryptedRoom(client);
    for (let session = 0; session < sessions; session += 1) {
      if (session > 0) await client.getCrypto()!.forceDiscardSession(roomId);
      sent.push(await send(client, roomId, `message ${room}.${session}`));
    }
  }
  return sent;
}

export async function createEncryptedRoom(client: MatrixClient): Promise<string> {
  const { room_id: roomId } = await client.createRoom({
    preset: Preset.PrivateChat,
    initial_state: [
      {
        type: EventType.RoomEncryption,
        state_key: '',
        content: { algorithm: 'm.megolm.v1.aes-sha2' },
      },
    ],
  });
  await until(client, () => client.getRoom(roomId)?.hasEncryptionStateEvent() ?? false);
  return roomId;
}

export async function send(client: MatrixClient, roomId: string, text: string): Promise<Sent> {
  const { event_id: eventId } = await client.sendEvent(roomId, EventType.RoomMessage, {
    msgtype: MsgType.Text,
    body: text,
  });
  return { roomId, eventId, text };
}

/** The message as this device reads it: its text, or null while it can't be decrypted. */
export async function readMessage(
  engine: TestEngine,
  { roomId, eventId }: Sent,
): Promise<string | null> {
  const client = clientOf(engine);
  const raw = await client.fetchRoomEvent(roomId, eventId);
  const event: MatrixEvent = client.getEventMapper()(raw);
  await client.decryptEventIfNeeded(event);
  return event.isDecryptionFailure() ? null : (event.getContent()['body'] as string);
}

/** Waits until the message, as the room's timeline on this device has it, is readable. */
export async function readableOnScreen(
  engine: TestEngine,
  { roomId, eventId }: Sent,
): Promise<string> {
  const client = clientOf(engine);
  const onScreen = (): MatrixEvent | undefined => client.getRoom(roomId)?.findEventById(eventId);
  await until(client, () => onScreen() !== undefined);
  const { promise, resolve } = Promise.withResolvers<string>();
  const check = (): void => {
    const event = onScreen();
    if (event?.getClearContent() == null || event.isDecryptionFailure()) return;
    resolve(event.getContent()['body'] as string);
  };
  client.on(MatrixEventEvent.Decrypted, check);
  check();
  return promise.finally(() => client.off(MatrixEventEvent.Decrypted, check));
}

/** Waits until syncing has made `holds` true. */
export async function until(client: MatrixClient, holds: () => boolean): Promise<void> {
  if (holds()) return;
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const check = (): void => {
    if (holds()) resolve(undefined);
  };
  client.on(ClientEvent.Sync, check);
  await promise.finally(() => client.off(ClientEvent.Sync, check));
}

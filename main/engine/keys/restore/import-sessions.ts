import { RoomId, type OlmMachine } from '@matrix-org/matrix-sdk-crypto-wasm';

/** By room, by session id. */
export type Sessions = ReadonlyMap<string, ReadonlyMap<string, object>>;

/**
 * Imports decrypted sessions in one go; when it resolves they are as durable as the store promises.
 * Messages waiting for them become readable at once.
 *
 * @returns how many the machine could not take, by room
 */
export async function importSessions(
  machine: OlmMachine,
  version: string,
  sessions: Sessions,
): Promise<ReadonlyMap<string, number>> {
  const refused = await importAll(machine, version, sessions);
  if (refused === 0) return new Map();
  const [onlyRoom, ...others] = sessions.keys();
  if (onlyRoom !== undefined && others.length === 0) return new Map([[onlyRoom, refused]]);
  // The machine only says how many: room by room tells where. Importing twice changes nothing.
  const byRoom = new Map<string, number>();
  for (const [roomId, ofRoom] of sessions) {
    byRoom.set(roomId, await importAll(machine, version, new Map([[roomId, ofRoom]])));
  }
  return byRoom;
}

async function importAll(
  machine: OlmMachine,
  version: string,
  sessions: Sessions,
): Promise<number> {
  const byRoom = new Map<RoomId, Map<string, object>>();
  for (const [roomId, ofRoom] of sessions) byRoom.set(new RoomId(roomId), new Map(ofRoom));
  let failures = 0;
  const result = await machine.importBackedUpRoomKeys(
    byRoom,
    (_imported, _total, failed) => {
      failures = Number(failed);
      return undefined;
    },
    version,
  );
  result.free();
  return failures;
}

/** Matrix identifiers as distinct types, so that a room can't be passed where an event is meant. */
declare const kind: unique symbol;
type Id<Kind extends string> = string & { readonly [kind]: Kind };

export type RoomId = Id<'room'>;
export type EventId = Id<'event'>;
export type UserId = Id<'user'>;
export type DeviceId = Id<'device'>;

import type { StateChange } from '../../../preload/model/rooms';
import type { Messages } from '../../i18n/en';

/** A change of the room in one line. */
export function changeText(t: Messages, change: StateChange): string {
  switch (change.kind) {
    case 'room_created':
    case 'encryption_enabled':
      return t.rooms.change[change.kind];
    case 'room_named':
      return t.rooms.change.room_named(change.name);
    default:
      return t.rooms.change[change.kind](change.who);
  }
}

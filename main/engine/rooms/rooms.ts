import type { EventId, RoomId } from '../../../preload/model/ids';
import { HoldfastError } from '../../holdfast-error';
import type { AccountContext } from '../account-context';

/** Keeps the list of rooms up to date. */
export class Rooms {
  constructor(readonly context: AccountContext) {}

  markRead(_roomId: RoomId, _eventId: EventId): Promise<void> {
    throw new HoldfastError('not_ready', 'Rooms');
  }
  accept(_roomId: RoomId): Promise<void> {
    throw new HoldfastError('not_ready', 'Rooms');
  }
  decline(_roomId: RoomId): Promise<void> {
    throw new HoldfastError('not_ready', 'Rooms');
  }
}

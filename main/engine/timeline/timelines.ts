import type { CollectionPatch } from '../../../preload/contract';
import type { RoomId } from '../../../preload/model/ids';
import type { TimelineItem, TimelineStatus } from '../../../preload/model/rooms';
import { HoldfastError } from '../../holdfast-error';
import type { Source } from '../../topics/source';
import type { AccountContext } from '../account-context';

/** The timelines that windows are watching. */
export class Timelines {
  constructor(readonly context: AccountContext) {}

  items(_roomId: RoomId): Source<CollectionPatch<TimelineItem>> {
    throw new HoldfastError('not_ready', 'Timelines');
  }
  status(_roomId: RoomId): Source<TimelineStatus> {
    throw new HoldfastError('not_ready', 'Timelines');
  }
  loadOlder(_roomId: RoomId): Promise<void> {
    throw new HoldfastError('not_ready', 'Timelines');
  }
  send(_roomId: RoomId, _body: string): Promise<void> {
    throw new HoldfastError('not_ready', 'Timelines');
  }
  retry(_roomId: RoomId, _itemId: string): Promise<void> {
    throw new HoldfastError('not_ready', 'Timelines');
  }
  discard(_roomId: RoomId, _itemId: string): void {
    throw new HoldfastError('not_ready', 'Timelines');
  }
}

import type { INTERNAL } from './constructs/internal';
import type { EventHandler } from './events/event-target';
import { IDBRequest } from './idb-request';

/** @see https://w3c.github.io/IndexedDB/#idbopendbrequest */
export class IDBOpenDBRequest extends IDBRequest {
  constructor(token: typeof INTERNAL) {
    super(token, null, null);
  }

  get onblocked(): EventHandler<IDBVersionChangeEvent> {
    return this.getHandler('blocked');
  }

  set onblocked(handler: EventHandler<IDBVersionChangeEvent>) {
    this.setHandler('blocked', handler);
  }

  get onupgradeneeded(): EventHandler<IDBVersionChangeEvent> {
    return this.getHandler('upgradeneeded');
  }

  set onupgradeneeded(handler: EventHandler<IDBVersionChangeEvent>) {
    this.setHandler('upgradeneeded', handler);
  }
}

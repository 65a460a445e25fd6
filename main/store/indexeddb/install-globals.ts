import type { DomIDBFactory } from './dom-types';
import * as interfaces from './interfaces';

/**
 * Puts `indexedDB` and the interface objects on a global object, as a browser has them: libraries
 * look the factory up there, and test what they get with `instanceof`. Called again, it replaces
 * the factory.
 */
export function installIndexedDBGlobals(target: object, factory: DomIDBFactory): void {
  for (const [name, value] of Object.entries(interfaces)) {
    Object.defineProperty(target, name, {
      value,
      writable: true,
      enumerable: false,
      configurable: true,
    });
  }
  // A browser has an attribute without a setter.
  const attribute = Object.getOwnPropertyDescriptor(
    {
      get indexedDB() {
        return factory;
      },
    },
    'indexedDB',
  );
  if (attribute) Object.defineProperty(target, 'indexedDB', attribute);
}

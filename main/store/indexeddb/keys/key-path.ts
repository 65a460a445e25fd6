import { types } from 'node:util';
import { encodeKey, encodeMultiEntryKeys } from './encode-key';
import { INVALID, type Invalid, type Key } from './key';

export type KeyPath = string | string[];

/** What a key path gives on a value that has nothing there. */
export const FAILURE = Symbol('nothing at the key path');
export type Failure = typeof FAILURE;

/** The answer cannot be known without a clone: something on the way might run script. */
const NEEDS_CLONE = Symbol('needs a clone');

const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u;

/** @see https://w3c.github.io/IndexedDB/#valid-key-path */
export function isValidKeyPath(keyPath: KeyPath): boolean {
  if (Array.isArray(keyPath)) {
    return keyPath.length > 0 && keyPath.every((path) => isValidStringPath(path));
  }
  return isValidStringPath(keyPath);
}

function isValidStringPath(path: string): boolean {
  return path === '' || path.split('.').every((part) => IDENTIFIER.test(part));
}

function step(value: unknown, identifier: string): unknown {
  if (typeof value === 'string') return identifier === 'length' ? value.length : FAILURE;
  if (typeof value !== 'object' || value === null) return FAILURE;
  if (Array.isArray(value) && identifier === 'length') return value.length;
  if (value instanceof Blob) return stepOnBlob(value, identifier);
  if (!Object.hasOwn(value, identifier)) return FAILURE;
  const next: unknown = (value as Record<string, unknown>)[identifier];
  return next === undefined ? FAILURE : next;
}

function stepOnBlob(blob: Blob, identifier: string): unknown {
  if (identifier === 'size') return blob.size;
  if (identifier === 'type') return blob.type;
  if (!(blob instanceof File)) return FAILURE;
  if (identifier === 'name') return blob.name;
  return identifier === 'lastModified' ? blob.lastModified : FAILURE;
}

/** Like {@link step}, but on the caller's own object: gives up where a clone could differ from it. */
function stepOnOriginal(value: unknown, identifier: string): unknown {
  if (typeof value !== 'object' || value === null) return step(value, identifier);
  if (types.isProxy(value)) return NEEDS_CLONE;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null && prototype !== Array.prototype) {
    return NEEDS_CLONE;
  }
  if (Array.isArray(value) && identifier === 'length') return value.length;
  const property = Object.getOwnPropertyDescriptor(value, identifier);
  if (property === undefined) return FAILURE;
  if (!('value' in property) || property.enumerable !== true) return NEEDS_CLONE;
  return property.value === undefined ? FAILURE : property.value;
}

function walk(value: unknown, path: string, take: typeof step): unknown {
  if (path === '') return value;
  let current = value;
  for (const identifier of path.split('.')) {
    current = take(current, identifier);
    if (current === FAILURE || current === NEEDS_CLONE) return current;
  }
  return current;
}

function evaluate(value: unknown, keyPath: KeyPath, take: typeof step): unknown {
  if (typeof keyPath === 'string') return walk(value, keyPath, take);
  const members: unknown[] = [];
  for (const path of keyPath) {
    const member = walk(value, path, take);
    if (member === FAILURE || member === NEEDS_CLONE) return member;
    members.push(member);
  }
  return members;
}

/** Whether making a key of a value runs no script, and so needs no clone. */
function isPlainKey(value: unknown, keyPath: KeyPath): boolean {
  // With several paths it is a list of our own making; any other may hold accessors.
  if (Array.isArray(keyPath)) return (value as unknown[]).every((member) => isPlainMember(member));
  return isPlainMember(value);
}

function isPlainMember(value: unknown): boolean {
  return typeof value !== 'object' || value === null || types.isDate(value);
}

/**
 * A value being stored: evaluates key paths on the caller's object where that is sure to give what
 * the clone would, and on the clone (made once, on demand) where it is not.
 */
export class KeySource {
  #value: unknown;
  #isClone = false;
  readonly #makeClone: () => unknown;

  constructor(original: unknown, makeClone: () => unknown) {
    this.#value = original;
    this.#makeClone = makeClone;
  }

  /** A source whose value is a clone already. */
  static ofClone(clone: unknown): KeySource {
    const source = new KeySource(clone, () => clone);
    source.#isClone = true;
    return source;
  }

  /** Makes the clone now: later the caller may have changed the value. */
  takeClone(): void {
    if (this.#isClone) return;
    this.#value = this.#makeClone();
    this.#isClone = true;
  }

  /** The clone, which belongs to the store and may be changed. */
  get clone(): unknown {
    this.takeClone();
    return this.#value;
  }

  #evaluate(keyPath: KeyPath): unknown {
    if (!this.#isClone) {
      const found = evaluate(this.#value, keyPath, stepOnOriginal);
      if (found === FAILURE || (found !== NEEDS_CLONE && isPlainKey(found, keyPath))) return found;
    }
    return evaluate(this.clone, keyPath, step);
  }

  /** @see https://w3c.github.io/IndexedDB/#extract-a-key-from-a-value-using-a-key-path */
  extractKey(keyPath: KeyPath): Key | Invalid | Failure {
    const found = this.#evaluate(keyPath);
    return found === FAILURE ? FAILURE : encodeKey(found);
  }

  /** The keys under which an index lists this value: none, one, or several (multiEntry). */
  extractIndexKeys(keyPath: KeyPath, multiEntry: boolean): Key[] {
    const found = this.#evaluate(keyPath);
    if (found === FAILURE) return [];
    const several = multiEntry ? encodeMultiEntryKeys(found) : null;
    if (several) return several;
    const key = encodeKey(found);
    return key === INVALID ? [] : [key];
  }
}

function isContainer(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** @see https://w3c.github.io/IndexedDB/#check-that-a-key-could-be-injected-into-a-value */
export function canInjectKey(value: unknown, keyPath: string): boolean {
  let current = value;
  for (const identifier of keyPath.split('.').slice(0, -1)) {
    if (!isContainer(current)) return false;
    if (!Object.hasOwn(current, identifier)) return true;
    current = current[identifier];
  }
  return isContainer(current);
}

/** @see https://w3c.github.io/IndexedDB/#inject-a-key-into-a-value-using-a-key-path */
export function injectKey(value: unknown, key: IDBValidKey, keyPath: string): void {
  const identifiers = keyPath.split('.');
  const last = identifiers.pop() ?? '';
  let current = value;
  for (const identifier of identifiers) {
    if (!isContainer(current)) return;
    if (!Object.hasOwn(current, identifier)) defineData(current, identifier, {});
    current = current[identifier];
  }
  if (isContainer(current)) defineData(current, last, key);
}

// Assigning would run a setter for names such as __proto__.
function defineData(target: object, name: string, value: unknown): void {
  Object.defineProperty(target, name, {
    value,
    writable: true,
    enumerable: true,
    configurable: true,
  });
}

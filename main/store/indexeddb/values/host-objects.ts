import { types } from 'node:util';
import { isInterfacePrototype } from '../web-idl-interface';

/** What V8 takes for a plain object, or for another error, though the platform says otherwise. */
export type HostObject = Blob | DOMException;

/** A value with its host objects replaced by stand-ins that V8 asks about while it serialises. */
export interface Substitution {
  readonly value: unknown;
  readonly standIns: ReadonlyMap<object, HostObject>;
}

type Kind = 'keepable' | 'unknown to cloning' | null;

/** V8's encodings of an object without properties, and of an error without a message of its own. */
const TRACES = [Buffer.from('o{\0', 'latin1'), Buffer.from('rs"', 'latin1')];

/** Whether what V8 has written could stem from a host object: cheap, and seldom true. */
export function mayHoldHostObjects(serialized: Buffer): boolean {
  return TRACES.some((trace) => serialized.includes(trace));
}

function isPlain(object: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(object);
  return (
    prototype === Object.prototype ||
    prototype === null ||
    Array.isArray(object) ||
    types.isMap(object) ||
    types.isSet(object)
  );
}

function isLanguageObject(object: object): boolean {
  return (
    types.isProxy(object) ||
    types.isDate(object) ||
    types.isRegExp(object) ||
    types.isBoxedPrimitive(object) ||
    types.isAnyArrayBuffer(object) ||
    ArrayBuffer.isView(object)
  );
}

/** What an object is to cloning, if it is one of the platform's; null for all others. */
function kindOf(object: object): Kind {
  if (isPlain(object)) return null;
  if (object instanceof WebAssembly.Module) return 'unknown to cloning';
  if (object instanceof Blob || object instanceof DOMException) return 'keepable';
  for (
    let prototype: unknown = Object.getPrototypeOf(object);
    prototype instanceof Object;
    prototype = Object.getPrototypeOf(prototype)
  ) {
    if (isInterfacePrototype(prototype) || isGlobalInterface(prototype)) {
      return 'unknown to cloning';
    }
  }
  return null;
}

/** Whether a prototype belongs to an interface on the global object: those have a class string. */
function isGlobalInterface(prototype: object): boolean {
  const name = Object.getOwnPropertyDescriptor(prototype, Symbol.toStringTag)?.value as unknown;
  if (typeof name !== 'string') return false;
  const interfaceObject = Object.getOwnPropertyDescriptor(globalThis, name)?.value as unknown;
  return typeof interfaceObject === 'function' && interfaceObject.prototype === prototype;
}

/**
 * Looks for host objects in a value; null when there are none.
 *
 * @throws DOMException `DataCloneError` for one that cannot be kept
 */
export function substituteHostObjects(value: unknown): Substitution | null {
  const search = { seen: new Set<object>(), found: new Set<HostObject>() };
  find(value, search.seen, search.found);
  if (search.found.size === 0) return null;
  const standIns = new Map([...search.found].map((found) => [found, makeStandIn()] as const));
  const copy = copyWith(value, new Map<object, object>(standIns));
  return {
    value: copy,
    standIns: new Map([...standIns].map(([found, standIn]) => [standIn, found])),
  };
}

// Runs on many a value that holds an empty object, so the usual case comes first, and no getter runs.
function find(value: unknown, seen: Set<object>, found: Set<HostObject>): void {
  if (typeof value !== 'object' || value === null || seen.has(value)) return;
  if (ArrayBuffer.isView(value)) return;
  seen.add(value);
  if (Object.getPrototypeOf(value) !== Object.prototype) {
    if (isLanguageObject(value)) return;
    const kind = kindOf(value);
    if (kind === 'unknown to cloning') {
      throw new DOMException(`${describe(value)} could not be cloned.`, 'DataCloneError');
    }
    if (kind === 'keepable') {
      found.add(value as HostObject);
      return;
    }
    if (types.isMap(value)) {
      for (const entry of Map.prototype.entries.call(value)) {
        for (const member of entry as unknown[]) find(member, seen, found);
      }
    } else if (types.isSet(value)) {
      for (const member of Set.prototype.values.call(value)) find(member, seen, found);
    }
  }
  for (const key of Object.keys(value)) {
    const member: unknown = Object.getOwnPropertyDescriptor(value, key)?.value;
    if (typeof member === 'object') find(member, seen, found);
  }
}

function describe(object: object): string {
  return Object.prototype.toString.call(object);
}

// V8 asks about any object with embedder fields; a message channel's port is one that Node makes.
function makeStandIn(): object {
  const { port1 } = new MessageChannel();
  port1.close();
  return port1;
}

/** Copies what may hold a stand-in, as cloning sees it; leaves everything else to V8. */
function copyWith(value: unknown, copies: Map<object, object>): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const known = copies.get(value);
  if (known) return known;
  if (isLanguageObject(value) || value instanceof Error) return value;
  if (types.isMap(value)) {
    const copy = new Map<unknown, unknown>();
    copies.set(value, copy);
    for (const [key, member] of [...Map.prototype.entries.call(value)] as [unknown, unknown][]) {
      copy.set(copyWith(key, copies), copyWith(member, copies));
    }
    return copy;
  }
  if (types.isSet(value)) {
    const copy = new Set<unknown>();
    copies.set(value, copy);
    for (const member of [...Set.prototype.values.call(value)] as unknown[]) {
      copy.add(copyWith(member, copies));
    }
    return copy;
  }
  const copy: object = Array.isArray(value) ? new Array<unknown>(value.length) : {};
  copies.set(value, copy);
  for (const key of Object.keys(value)) {
    if (!Object.hasOwn(value, key)) continue;
    const member = copyWith(Reflect.get(value, key), copies);
    const attributes = { writable: true, enumerable: true, configurable: true };
    Object.defineProperty(copy, key, { ...attributes, value: member });
  }
  return copy;
}

import { ILLEGAL_CONSTRUCTOR } from './constructs/internal';

type Implementation = abstract new (...parameters: never[]) => object;
type Method = (this: unknown, ...parameters: unknown[]) => unknown;

interface InterfaceOptions {
  /** The interface this one inherits from; none unless given. */
  readonly parent?: { readonly prototype: object };
  /** The operations by name, each with the number of arguments it requires. */
  readonly operations?: Readonly<Record<string, number>>;
  readonly staticOperations?: Readonly<Record<string, number>>;
  /** The operations that answer by a promise, and so throw nothing. */
  readonly promises?: readonly string[];
  /** The number of arguments the constructor requires; without it, script cannot construct. */
  readonly constructorLength?: number;
}

/** What targets of events have of their own here, while a browser's inherit it from EventTarget. */
const EVENT_TARGET_OPERATIONS: Readonly<Record<string, number>> = {
  addEventListener: 2,
  removeEventListener: 2,
  dispatchEvent: 1,
};

const interfacePrototypes = new WeakSet<object>();

/** Whether an object is the prototype of one of this module's interfaces. */
export function isInterfacePrototype(object: object): boolean {
  return interfacePrototypes.has(object);
}

/**
 * Gives the interface object by which script knows a class, and shapes the class's prototype as
 * Web IDL has it: members of internal base classes become the interface's own, attributes and
 * operations are enumerable, operations count their arguments, and the chain of prototypes holds
 * interfaces only. The class itself stays inside this module.
 *
 * @see https://webidl.spec.whatwg.org/#js-interfaces
 */
export function defineInterface<C extends Implementation>(
  name: string,
  implementation: C,
  options: InterfaceOptions = {},
): C {
  const prototype = implementation.prototype as object;
  const parentPrototype = options.parent?.prototype ?? Object.prototype;
  interfacePrototypes.add(prototype);
  takeOverMembers(prototype, parentPrototype);
  Object.setPrototypeOf(prototype, parentPrototype);
  exposeAttributes(prototype);
  const brand = { name, implementation, promises: options.promises ?? [] };
  for (const [operation, required] of Object.entries(EVENT_TARGET_OPERATIONS)) {
    if (Object.hasOwn(prototype, operation)) expose(prototype, operation, required, false, brand);
  }
  for (const [operation, required] of Object.entries(options.operations ?? {})) {
    expose(prototype, operation, required, true, brand);
  }
  Object.defineProperty(prototype, Symbol.toStringTag, { value: name, configurable: true });

  const interfaceObject = makeInterfaceObject(name, implementation, options.constructorLength);
  if (options.parent) Object.setPrototypeOf(interfaceObject, options.parent);
  for (const [operation, required] of Object.entries(options.staticOperations ?? {})) {
    const method = Reflect.get(implementation, operation) as Method;
    const value = withArgumentCheck(operation, method, required, null);
    Object.defineProperty(interfaceObject, operation, { ...PUBLIC, value });
  }
  Object.defineProperty(interfaceObject, 'prototype', { value: prototype, writable: false });
  Object.defineProperty(prototype, 'constructor', {
    value: interfaceObject,
    writable: true,
    configurable: true,
  });
  return interfaceObject as unknown as C;
}

const PUBLIC = { writable: true, enumerable: true, configurable: true } as const;

interface Brand {
  readonly name: string;
  readonly implementation: Implementation;
  readonly promises: readonly string[];
}

/** Copies what internal base classes define, up to the parent interface. */
function takeOverMembers(prototype: object, parentPrototype: object): void {
  let base: unknown = Object.getPrototypeOf(prototype);
  while (base instanceof Object && base !== parentPrototype && base !== Object.prototype) {
    const members = Object.getOwnPropertyDescriptors(base);
    for (const key of Reflect.ownKeys(members)) {
      if (Object.hasOwn(prototype, key)) continue;
      const member = Object.getOwnPropertyDescriptor(base, key);
      if (member) Object.defineProperty(prototype, key, member);
    }
    base = Object.getPrototypeOf(base);
  }
}

function exposeAttributes(prototype: object): void {
  for (const [name, member] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
    if (member.get) Object.defineProperty(prototype, name, { ...member, enumerable: true });
  }
}

function expose(
  prototype: object,
  operation: string,
  required: number,
  enumerable: boolean,
  brand: Brand,
): void {
  const method = Object.getOwnPropertyDescriptor(prototype, operation)?.value as Method;
  const value = withArgumentCheck(operation, method, required, brand);
  Object.defineProperty(prototype, operation, { ...PUBLIC, enumerable, value });
}

function withArgumentCheck(
  operation: string,
  method: Method,
  required: number,
  brand: Brand | null,
): Method {
  const isPromise = brand?.promises.includes(operation) ?? false;
  function refusal(receiver: unknown, given: number): TypeError | null {
    if (brand && !(receiver instanceof brand.implementation)) {
      return new TypeError(`The object is no ${brand.name}`);
    }
    if (given >= required) return null;
    return new TypeError(`${operation}() requires ${required} arguments, but got ${given}`);
  }
  // A shorthand method, since an operation cannot be constructed.
  const holder = {
    checked(this: unknown, ...parameters: unknown[]): unknown {
      const error = refusal(this, parameters.length);
      if (!error) return method.apply(this, parameters);
      if (isPromise) return Promise.reject(error);
      throw error;
    },
  };
  const checked: Method = Reflect.get(holder, 'checked');
  Object.defineProperty(checked, 'name', { value: operation, configurable: true });
  Object.defineProperty(checked, 'length', { value: required, configurable: true });
  return checked;
}

function makeInterfaceObject(
  name: string,
  implementation: Implementation,
  constructorLength: number | undefined,
): object {
  const interfaceObject = function (this: unknown, ...parameters: unknown[]): object {
    const target: unknown = new.target;
    if (constructorLength === undefined || target === undefined) {
      throw new TypeError(ILLEGAL_CONSTRUCTOR);
    }
    if (parameters.length < constructorLength) {
      throw new TypeError(`${name} requires ${constructorLength} arguments`);
    }
    return Reflect.construct(implementation, parameters, new.target) as object;
  };
  Object.defineProperty(interfaceObject, 'name', { value: name, configurable: true });
  const length = constructorLength ?? 0;
  Object.defineProperty(interfaceObject, 'length', { value: length, configurable: true });
  return interfaceObject;
}

import { toDomString } from './web-idl';

/** A sorted, unchanging list of names. @see https://html.spec.whatwg.org/#the-domstringlist-interface */
export class DOMStringList {
  readonly #names: readonly string[];
  readonly [index: number]: string;

  constructor(names: Iterable<string>) {
    // The default order of sort() is the one asked for: by code unit.
    this.#names = [...names].sort();
    for (const [index, value] of this.#names.entries()) {
      Object.defineProperty(this, index, { value, enumerable: true, configurable: true });
    }
  }

  get length(): number {
    return this.#names.length;
  }

  item(index: number): string | null {
    return this.#names[index >>> 0] ?? null;
  }

  contains(name: string): boolean {
    return this.#names.includes(toDomString(name));
  }

  declare [Symbol.iterator]: () => ArrayIterator<string>;

  static {
    // As Web IDL has it for what is indexed: the very function that arrays have.
    Object.defineProperty(this.prototype, Symbol.iterator, {
      value: Array.prototype[Symbol.iterator],
      writable: true,
      configurable: true,
    });
  }
}

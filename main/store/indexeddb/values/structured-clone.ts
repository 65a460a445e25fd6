import { Deserializer, Serializer } from 'node:v8';
import { readFlatObject, writeFlatObject } from './flat-object';
import { mayHoldHostObjects, substituteHostObjects, type HostObject } from './host-objects';

/** A value in its stored form. */
export interface SerializedValue {
  readonly bytes: Buffer;
  /** The blobs in it, whose bytes are yet to be read and appended in this order. */
  readonly blobs: readonly Blob[];
}

/** How a host object is written. The bytes of a blob lie behind the value, counted from the end. */
type Description =
  | { readonly kind: 'exception'; readonly name: string; readonly message: string }
  | {
      readonly kind: 'blob';
      readonly index: number;
      readonly size: number;
      readonly fromEnd: number;
      readonly type: string;
      /** Of a `File`. */
      readonly name?: string;
      readonly lastModified?: number;
    };

class StorageSerializer extends Serializer {
  readonly #descriptions: ReadonlyMap<object, Description>;

  constructor(descriptions: ReadonlyMap<object, Description>) {
    super();
    this.#descriptions = descriptions;
  }

  /** V8 throws what this returns when a value cannot be cloned. */
  _getDataCloneError(message: string): DOMException {
    return new DOMException(message, 'DataCloneError');
  }

  /** Shared memory cannot be stored. */
  _getSharedArrayBufferId(): never {
    throw this._getDataCloneError('A SharedArrayBuffer could not be cloned.');
  }

  _writeHostObject(object: object): void {
    const description = this.#descriptions.get(object);
    if (!description)
      throw this._getDataCloneError(
        `${Object.prototype.toString.call(object)} could not be cloned.`,
      );
    const text = Buffer.from(JSON.stringify(description));
    this.writeUint32(text.length);
    this.writeRawBytes(text);
  }
}

class StorageDeserializer extends Deserializer {
  readonly #bytes: Buffer;
  readonly #blobs: readonly Blob[] | null;

  constructor(bytes: Buffer, blobs: readonly Blob[] | null) {
    super(bytes);
    this.#bytes = bytes;
    this.#blobs = blobs;
  }

  _readHostObject(): HostObject {
    const text = this.readRawBytes(this.readUint32()).toString();
    const description = JSON.parse(text) as Description;
    if (description.kind === 'exception') {
      return new DOMException(description.message, description.name);
    }
    const { index, size, fromEnd, type, name, lastModified = 0 } = description;
    const blob = this.#blobs?.[index];
    if (blob) return blob;
    const start = this.#bytes.length - fromEnd;
    const parts = [new Uint8Array(this.#bytes.subarray(start, start + size))];
    return name === undefined
      ? new Blob(parts, { type })
      : new File(parts, name, { type, lastModified });
  }
}

const HEADER_BYTES = 2;
const NO_BLOBS: readonly Blob[] = [];
const NO_DESCRIPTIONS: ReadonlyMap<object, Description> = new Map();

function serialize(value: unknown, descriptions: ReadonlyMap<object, Description>): Buffer {
  const serializer = new StorageSerializer(descriptions);
  serializer.writeHeader();
  serializer.writeValue(value);
  const bytes = serializer.releaseBuffer();
  // V8 writes nothing, and says nothing, where it meets a WebAssembly module.
  if (bytes.length <= HEADER_BYTES) {
    throw new DOMException('The value could not be cloned.', 'DataCloneError');
  }
  return bytes;
}

/**
 * Serialises a value for storage by the structured clone algorithm.
 *
 * @throws DOMException `DataCloneError` for what cannot be cloned; whatever a getter throws.
 * @see https://html.spec.whatwg.org/multipage/structured-data.html#structuredserializeforstorage
 */
export function serializeValue(value: unknown): SerializedValue {
  const flat = writeFlatObject(value);
  if (flat) return { bytes: flat, blobs: NO_BLOBS };
  const bytes = serialize(value, NO_DESCRIPTIONS);
  const substitution = mayHoldHostObjects(bytes) ? substituteHostObjects(value) : null;
  if (!substitution) return { bytes, blobs: NO_BLOBS };
  const { standIns } = substitution;
  const blobs = [...standIns.values()].filter((object) => object instanceof Blob);
  const descriptions = new Map(
    [...standIns].map(([standIn, object]) => [standIn, describe(object, blobs)] as const),
  );
  return { bytes: serialize(substitution.value, descriptions), blobs };
}

function describe(object: HostObject, blobs: readonly Blob[]): Description {
  if (!(object instanceof Blob)) {
    return { kind: 'exception', name: object.name, message: object.message };
  }
  const index = blobs.indexOf(object);
  const fromEnd = blobs.slice(index).reduce((sum, { size }) => sum + size, 0);
  const { size, type } = object;
  const description = { kind: 'blob', index, size, fromEnd, type } as const;
  if (!(object instanceof File)) return description;
  return { ...description, name: object.name, lastModified: object.lastModified };
}

/**
 * Gives a new value from what {@link serializeValue} made, its blobs' bytes appended; or, with
 * `blobs`, from its bytes alone.
 *
 * @throws DOMException `NotReadableError` for bytes that it did not make
 */
export function deserializeValue(bytes: Buffer, blobs: readonly Blob[] | null = null): unknown {
  const flat = readFlatObject(bytes);
  if (flat) return flat;
  try {
    const deserializer = new StorageDeserializer(bytes, blobs);
    deserializer.readHeader();
    return deserializer.readValue();
  } catch (error) {
    const exception = new DOMException('The stored value cannot be read', 'NotReadableError');
    exception.cause = error;
    throw exception;
  }
}

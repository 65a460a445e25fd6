import { Deserializer, Serializer } from 'node:v8';

class StorageSerializer extends Serializer {
  /** V8 throws what this returns when a value cannot be cloned. */
  _getDataCloneError(message: string): DOMException {
    return new DOMException(message, 'DataCloneError');
  }

  /** Shared memory cannot be stored. */
  _getSharedArrayBufferId(): never {
    throw this._getDataCloneError('A SharedArrayBuffer could not be cloned.');
  }
}

/**
 * Serialises a value for storage by the structured clone algorithm.
 *
 * @throws DOMException `DataCloneError` for what cannot be cloned; whatever a getter throws.
 * @see https://html.spec.whatwg.org/multipage/structured-data.html#structuredserializeforstorage
 */
export function serializeValue(value: unknown): Buffer {
  const serializer = new StorageSerializer();
  serializer.writeHeader();
  serializer.writeValue(value);
  return serializer.releaseBuffer();
}

/**
 * Gives a new value from what {@link serializeValue} made.
 *
 * @throws DOMException `NotReadableError` for bytes that it did not make
 */
export function deserializeValue(bytes: Buffer): unknown {
  try {
    const deserializer = new Deserializer(bytes);
    deserializer.readHeader();
    return deserializer.readValue();
  } catch (error) {
    const exception = new DOMException('The stored value cannot be read', 'NotReadableError');
    exception.cause = error;
    throw exception;
  }
}

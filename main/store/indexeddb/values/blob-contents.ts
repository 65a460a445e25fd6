import type { SerializedValue } from './structured-clone';

/** The bytes of the blobs in a value that is to be stored, read before the value is written. */
export class BlobContents {
  readonly #contents = new Map<Blob, Buffer>();
  #failure: unknown = null;
  /** Resolves when the bytes have been read, or could not be. */
  readonly settled: Promise<void>;

  constructor(blobs: readonly Blob[]) {
    this.settled = this.#read(blobs);
  }

  async #read(blobs: readonly Blob[]): Promise<void> {
    try {
      for (const blob of blobs) {
        this.#contents.set(blob, Buffer.from(await blob.arrayBuffer()));
      }
    } catch (error) {
      this.#failure = error;
    }
  }

  /**
   * The whole stored form of a value with these blobs.
   *
   * @throws DOMException `NotReadableError` when a blob could not be read
   */
  append({ bytes, blobs }: SerializedValue): Buffer {
    const parts = blobs.map((blob) => {
      const content = this.#contents.get(blob);
      if (content?.length === blob.size) return content;
      const exception = new DOMException('A blob could not be read', 'NotReadableError');
      exception.cause = this.#failure;
      throw exception;
    });
    return Buffer.concat([bytes, ...parts]);
  }
}

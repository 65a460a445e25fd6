type Format = 'text' | 'arrayBuffer' | 'binary';

/** Reads a blob for a test that knows no other way; Node has none. */
export class FileReader extends EventTarget {
  result: string | ArrayBuffer | null = null;
  error: unknown = null;
  readyState = 0;
  onload: ((event: Event) => void) | null = null;
  onloadend: ((event: Event) => void) | null = null;
  onerror: ((event: Event) => void) | null = null;

  readAsText(blob: Blob): void {
    void this.#read(blob, 'text');
  }

  readAsArrayBuffer(blob: Blob): void {
    void this.#read(blob, 'arrayBuffer');
  }

  readAsBinaryString(blob: Blob): void {
    void this.#read(blob, 'binary');
  }

  async #read(blob: Blob, format: Format): Promise<void> {
    this.readyState = 1;
    try {
      const bytes = await blob.arrayBuffer();
      if (format === 'arrayBuffer') this.result = bytes;
      else this.result = Buffer.from(bytes).toString(format === 'text' ? 'utf8' : 'latin1');
      this.readyState = 2;
      this.#fire(new Event('load'), this.onload);
    } catch (error) {
      this.error = error;
      this.readyState = 2;
      this.#fire(new Event('error'), this.onerror);
    }
    this.#fire(new Event('loadend'), this.onloadend);
  }

  #fire(event: Event, handler: ((event: Event) => void) | null): void {
    if (handler) this.addEventListener(event.type, handler, { once: true });
    this.dispatchEvent(event);
  }
}

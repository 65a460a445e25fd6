/**
 * Interfaces of the platform that Node lacks and that a script of the suite makes objects of while
 * it declares its tests. With a stand-in, the tests of that one interface fail, and all others of
 * the script run.
 */
class ImageData {
  readonly data: Uint8ClampedArray;

  constructor(
    readonly width: number,
    readonly height: number,
  ) {
    this.data = new Uint8ClampedArray(4 * width * height);
  }
}

const GEOMETRY = [
  'DOMMatrix',
  'DOMMatrixReadOnly',
  'DOMPoint',
  'DOMPointReadOnly',
  'DOMRect',
  'DOMRectReadOnly',
] as const;

/** By the name of the interface. */
export const standIns: Readonly<Record<string, unknown>> = {
  ImageData,
  ...Object.fromEntries(GEOMETRY.map((name) => [name, emptyInterface(name)])),
};

function emptyInterface(name: string): object {
  const interfaceObject = function (): void {
    // Its objects have nothing but their prototype.
  };
  return Object.defineProperty(interfaceObject, 'name', { value: name });
}

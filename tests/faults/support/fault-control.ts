/** The test's side of fault-shim.c: one page that both map, and that says what fails and when. */
import { closeSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import type { Fault } from './fault-kinds';

const PAGE = 4096;
const FOLDER_AT = 256;
const MAGIC = 0x48464654;

/** Offsets of the page's fields, each an unsigned 32-bit number in the machine's order. */
const at = {
  magic: 0,
  armed: 4,
  operations: 8,
  action: 12,
  error: 16,
  sticky: 20,
  nth: 24,
  seen: 28,
  hits: 32,
  seed: 36,
} as const;

/** Large enough to be never reached: the operations are only counted. */
const NEVER = 0xffffffff;

export class FaultControl {
  readonly #file: number;

  private constructor(readonly path: string) {
    this.#file = openSync(path, 'r+');
  }

  /** Makes the page. Only operations below `folder`, an absolute path, are counted and fail. */
  static create(path: string, folder: string): FaultControl {
    const file = openSync(path, 'w', 0o600);
    ftruncateSync(file, PAGE);
    writeSync(file, `${folder}\0`, FOLDER_AT);
    closeSync(file);
    const control = new FaultControl(path);
    control.#set('magic', MAGIC);
    return control;
  }

  /** Takes up a page that another process has made. */
  static open(path: string): FaultControl {
    return new FaultControl(path);
  }

  /**
   * From now on the n-th operation of the fault's kinds fails; without `nth` they are counted only.
   *
   * @param nth from 1
   */
  arm(fault: Fault, nth: number = NEVER, seed = 0): void {
    this.disarm();
    this.#set('operations', fault.operations);
    this.#set('action', fault.action);
    this.#set('error', fault.error);
    this.#set('sticky', fault.stays && nth !== NEVER ? 1 : 0);
    this.#set('nth', nth);
    this.#set('seen', 0);
    this.#set('hits', 0);
    this.#set('seed', seed);
    this.#set('armed', 1);
  }

  /** The disk is well again. */
  disarm(): void {
    this.#set('armed', 0);
  }

  /** Operations of the armed kinds since they were armed. */
  get seen(): number {
    return this.#get('seen');
  }

  /** How many of them failed. */
  get hits(): number {
    return this.#get('hits');
  }

  close(): void {
    closeSync(this.#file);
  }

  #set(field: keyof typeof at, value: number): void {
    writeSync(
      this.#file,
      Uint8Array.from(new Uint8Array(Uint32Array.of(value).buffer)),
      0,
      4,
      at[field],
    );
  }

  #get(field: keyof typeof at): number {
    const value = new Uint32Array(1);
    readSync(this.#file, new Uint8Array(value.buffer), 0, 4, at[field]);
    return value[0] ?? 0;
  }
}

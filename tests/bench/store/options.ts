import { parseArgs } from 'node:util';

export const parts = ['import', 'restore', 'open', 'records'] as const;
export type Part = (typeof parts)[number];

export interface BenchOptions {
  readonly rounds: number;
  /** Keys imported and restored, and records read. */
  readonly keys: number;
  readonly rooms: number;
  /** Keys in one import call. */
  readonly batch: number;
  /** Sessions of the full store that is opened. */
  readonly stored: number;
  readonly only: readonly Part[];
  readonly json: boolean;
}

/** @throws {Error} naming the option that is wrong */
export function readOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rounds: { type: 'string', default: '3' },
      keys: { type: 'string', default: '20000' },
      rooms: { type: 'string', default: '200' },
      batch: { type: 'string', default: '200' },
      stored: { type: 'string', default: '100000' },
      only: { type: 'string', default: parts.join(',') },
      json: { type: 'boolean', default: false },
    },
  });
  return {
    rounds: positive('rounds', values.rounds),
    keys: positive('keys', values.keys),
    rooms: positive('rooms', values.rooms),
    batch: positive('batch', values.batch),
    stored: positive('stored', values.stored),
    only: values.only.split(',').map(partNamed),
    json: values.json,
  };
}

function positive(name: string, value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1) throw new Error(`--${name} takes a number above 0`);
  return number;
}

function partNamed(name: string): Part {
  const part = parts.find((each) => each === name);
  if (part === undefined) throw new Error(`--only takes of: ${parts.join(', ')}`);
  return part;
}

import { availableParallelism, loadavg } from 'node:os';
import type { Environment, RawRuns } from './figures';
import type { Measured } from './tasks';
import type { Rate, RecordRates } from './workload';

type Lists<Value> = Partial<Record<Environment, Value[]>>;

/** Keeps what every run measured and tells of it, in a line each. */
export class Recorder {
  readonly say: (line: string) => void;
  readonly #import: Lists<Rate> = {};
  readonly #restore: Omit<Lists<Rate>, 'ours'> & { ours?: Measured<'product-restore'>[] } = {};
  readonly #records: Lists<RecordRates> = {};
  readonly #open: { empty: Measured<'open'>[]; full: Measured<'open'>[] } = { empty: [], full: [] };

  readonly #load: number[] = [];

  constructor(say: (line: string) => void) {
    this.say = say;
  }

  get runs(): RawRuns {
    return {
      import: this.#import,
      restore: this.#restore,
      records: this.#records,
      open: this.#open,
      load: this.#load,
    };
  }

  /** Notes how busy the computer is: what else runs on it slows each environment differently. */
  round(round: number, rounds: number): void {
    const load = (loadavg()[0] ?? 0) / availableParallelism();
    this.#load.push(Number(load.toFixed(2)));
    this.say(`Round ${round} of ${rounds}, load ${load.toFixed(2)} a processor`);
  }

  import(environment: Environment, run: Rate): void {
    (this.#import[environment] ??= []).push(run);
    this.say(`  import    ${environment.padEnd(9)} ${perSecond(run)} keys/s`);
  }

  productRestore(run: Measured<'product-restore'>): void {
    (this.#restore.ours ??= []).push(run);
    const delay = `p99 ${run.loopDelayP99Ms.toFixed(1)} max ${run.loopDelayMaxMs.toFixed(1)} ms`;
    this.say(`  restore   ours      ${perSecond(run)} keys/s, main thread ${delay}`);
  }

  restore(environment: Exclude<Environment, 'ours'>, run: Rate): void {
    (this.#restore[environment] ??= []).push(run);
    this.say(`  restore   ${environment.padEnd(9)} ${perSecond(run)} keys/s`);
  }

  records(environment: Environment, run: RecordRates): void {
    (this.#records[environment] ??= []).push(run);
    const rates = `${perSecond(run.reads)} reads/s, ${perSecond(run.scan)} scanned/s`;
    this.say(`  records   ${environment.padEnd(9)} ${rates}`);
  }

  open(which: 'empty' | 'full', run: Measured<'open'>): void {
    this.#open[which].push(run);
    this.say(`  open      ${which.padEnd(9)} ${run.ms.toFixed(0)} ms, ${run.rssMB.toFixed(0)} MB`);
  }
}

function perSecond(rate: Rate): string {
  return rate.perSecond.toFixed(0).padStart(7);
}

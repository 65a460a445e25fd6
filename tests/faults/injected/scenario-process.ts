/** Starts the process on the failing disk, gives it orders, and starts it again when it ended. */
import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Order, Told } from './messages';

/** Milliseconds after which a run counts as hung. */
const patienceMs = 30_000;

export interface Outcome {
  readonly told: readonly Told[];
  readonly ended: 'done' | 'process ended' | 'hung';
  /** What the process wrote to its standard error. */
  readonly words: string;
}

export class ScenarioProcess {
  #child: ChildProcess | null = null;
  #words = '';

  constructor(
    readonly script: string,
    readonly library: string,
    readonly controlPath: string,
  ) {}

  /** Has an order carried out, to its end or the process's. */
  async carryOut(order: Order): Promise<Outcome> {
    const child = (this.#child ??= this.#start());
    const told: Told[] = [];
    const { promise, resolve } = Promise.withResolvers<Outcome['ended']>();
    const listen = (line: string): void => {
      const message = JSON.parse(line) as Told;
      if (message.told === 'done') resolve('done');
      else told.push(message);
    };
    const lines = createInterface({ input: child.stdout ?? process.stdin });
    lines.on('line', listen);
    // After 'close' nothing it wrote is still on its way.
    const gone = (): void => resolve('process ended');
    child.once('close', gone);
    const limit = setTimeout(resolve, patienceMs, 'hung');
    child.stdin?.write(`${JSON.stringify(order)}\n`);
    const ended = await promise;
    clearTimeout(limit);
    child.off('close', gone);
    lines.close();
    const words = this.#words;
    if (ended !== 'done') await this.stop();
    return { told, ended, words };
  }

  async stop(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    this.#words = '';
    if (child?.exitCode !== null || child.signalCode !== null) return;
    const { promise: over, resolve } = Promise.withResolvers<void>();
    child.once('close', () => resolve());
    child.kill('SIGKILL');
    await over;
  }

  #start(): ChildProcess {
    const child = spawn(process.execPath, [this.script, this.controlPath], {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: {
        ...process.env,
        LD_PRELOAD: this.library,
        HOLDFAST_FAULT_CONTROL: this.controlPath,
      },
    });
    child.stdin.on('error', () => undefined);
    child.stderr.on(
      'data',
      (data: Buffer) => (this.#words = (this.#words + data.toString()).slice(-4000)),
    );
    return child;
  }
}

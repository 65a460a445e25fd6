/**
 * The process on the failing disk: takes orders from its standard input, and says what it did and
 * what it takes for done. Its argument is the control page of the faults, which it lifts itself
 * when it is to go on.
 */
import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { FaultControl } from '../support/fault-control';
import type { Order, Told } from './messages';
import type { Acknowledge, Scenario, Work } from './scenario';
import { scenarios } from './scenarios';

const control = FaultControl.open(process.argv[2] ?? '');

// At once, so that what was acknowledged is known even when the process ends with the next write.
const tell = (told: Told): void => void writeSync(1, `${JSON.stringify(told)}\n`);
const acknowledge: Acknowledge = (what) => tell({ told: 'acknowledged', what });

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? ` (${error.cause.message})` : '';
  return `${error.name}: ${error.message}${cause}`;
}

/** Opens what is not open and does the work; says how far it came and why no further. */
async function attempt(
  scenario: Scenario,
  order: Order,
  generation: number,
  open: Work | null,
): Promise<{ work: Work | null; failure: { stage: string; message: string } | null }> {
  let work = open;
  let stage = 'open';
  try {
    work ??= await scenario.open(order.place);
    stage = 'run';
    await work.run(generation, acknowledge);
    stage = 'close';
    await work.close();
    return { work: null, failure: null };
  } catch (error) {
    return { work: stage === 'close' ? null : work, failure: { stage, message: messageOf(error) } };
  }
}

async function carryOut(order: Order): Promise<void> {
  const scenario = scenarios.find(({ name }) => name === order.scenario);
  if (!scenario) throw new Error(`There is no scenario ${order.scenario}`);
  const { work, failure } = await attempt(scenario, order, order.generation, null);
  if (failure) {
    tell({ told: 'failed', ...failure });
    if (order.then === 'go on') {
      control.disarm();
      const again = await attempt(scenario, order, order.generation + 1, work);
      if (again.failure) tell({ told: 'stuck', ...again.failure });
      await again.work?.close();
    } else {
      await work?.close().catch(() => undefined);
    }
  }
  tell({ told: 'done' });
}

for await (const line of createInterface({ input: process.stdin })) {
  await carryOut(JSON.parse(line) as Order);
}

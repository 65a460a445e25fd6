import type { OperationStep } from './operation';

/** Before anything is replaced: all keys of this device, encrypted, on this computer (I1). */
export const takeSnapshot = <Plan>(): OperationStep<Plan> => ({
  name: 'snapshot',
  async run(plan, { snapshots }) {
    await snapshots.make();
    return plan;
  },
});

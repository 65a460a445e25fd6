import { describe, expect, it } from 'vitest';
import { whyNoFaults } from '../support/build-shim';
import { runInjectedFaults } from './run';
import { scenarios } from './scenarios';

const reason = whyNoFaults();

describe('a disk whose n-th operation fails', () => {
  it.for(scenarios.map(({ name }) => name))(
    'loses nothing that was acknowledged, and works again when it is well: %s',
    async (name, context) => {
      if (reason !== null) context.skip(reason);
      const { rows, faultsInjected } = await runInjectedFaults({
        moments: 3,
        only: (scenario) => scenario === name,
      });
      const findings = rows.flatMap(({ kind, findings: found }) =>
        found.map((finding) => `${kind}, ${finding}`),
      );
      expect(findings).toEqual([]);
      expect(Object.values(faultsInjected).reduce((sum, n) => sum + n, 0)).toBeGreaterThan(10);
    },
  );
});

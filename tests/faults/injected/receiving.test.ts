import { expect, it } from 'vitest';
import { sharedHomeserver } from '../../support/homeserver/shared';
import { whyNoFaults } from '../support/build-shim';
import { receiveUnderFaults } from './receiving';

it('an app whose disk fails while it is written to gets every message once, with its key', async (context) => {
  const reason = whyNoFaults();
  if (reason !== null) context.skip(reason);
  const world = { homeserver: await sharedHomeserver(), env: process.env };
  const kinds = ['no space', 'crash in a write', 'power cut'] as const;
  const rows = await receiveUnderFaults(world, kinds, [1, 5]);
  const found = rows.flatMap(({ kind, findings }) =>
    findings.map((finding) => `${kind}: ${finding.kind}: ${finding.detail}`),
  );
  expect(found).toEqual([]);
  expect(rows.every(({ injected }) => injected > 0)).toBe(true);
});

/** A recovery sheet or key file saved over an older one. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { writePrivateFile } from '../../../../main/files/private-file';
import { lostOf } from '../generations';
import type { Finding, Place, Scenario } from '../scenario';

const pathOf = ({ profileDir }: Place): string => join(profileDir, 'recovery-key.txt');
const contentOf = (generation: number): string => `${`${generation}\n`.repeat(20_000)}end`;

export const privateFile: Scenario = {
  name: 'saving a private file',
  prepare: (place) => writePrivateFile(pathOf(place), contentOf(0)),
  async open(place) {
    return {
      async run(generation, acknowledge) {
        await writePrivateFile(pathOf(place), contentOf(generation));
        acknowledge(`file ${generation}`);
      },
      close: () => Promise.resolve(),
    };
  },
  async check(place, acknowledged) {
    const findings: Finding[] = [];
    const content = readFileSync(pathOf(place), 'utf8');
    const generation = Number.parseInt(content, 10);
    if (content !== contentOf(generation)) {
      findings.push({ kind: 'half done', detail: `${content.length} characters` });
    }
    const mode = statSync(pathOf(place)).mode & 0o777;
    if (mode !== 0o600) findings.push({ kind: 'half done', detail: `mode ${mode.toString(8)}` });
    return [...findings, ...lostOf(acknowledged, () => generation)];
  },
};

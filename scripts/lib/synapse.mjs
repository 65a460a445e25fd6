/** The pinned Synapse in a Python environment of its own. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runOrThrow } from './command.mjs';
import { synapsePython, synapseRequirements, synapseVenv } from './paths.mjs';
import { step } from './progress.mjs';

const STAMP = join(synapseVenv, 'requirements.sha256');

/** Makes sure that `.cache/synapse` holds what the requirements file says. */
export async function ensureSynapse() {
  const requirements = await readFile(synapseRequirements);
  const wanted = createHash('sha256').update(requirements).digest('hex');
  if (existsSync(STAMP) && (await readFile(STAMP, 'utf8')) === wanted) return;

  await step('Synapse, a Matrix homeserver', async (note) => {
    note('a Python environment');
    await rm(synapseVenv, { recursive: true, force: true });
    await runOrThrow('python3', ['-m', 'venv', synapseVenv], { log: 'synapse-venv' });
    const pip = ['-m', 'pip', 'install', '--disable-pip-version-check', '--no-input'];
    await runOrThrow(synapsePython, [...pip, '--only-binary=:all:', '-r', synapseRequirements], {
      log: 'synapse-pip',
      onLine: (line) => note(line.trim().slice(0, 60)),
    });
    await writeFile(STAMP, wanted);
  });
}

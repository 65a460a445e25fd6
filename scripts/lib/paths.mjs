/** Where things lie in a clone of the project. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[/\\]$/, '');
export const cache = join(root, '.cache');
export const reports = join(cache, 'reports');
export const logs = join(cache, 'logs');
export const dependencies = join(root, 'node_modules');
/** The Node that Electron carries too (major version), from npm. */
export const node24 = join(dependencies, 'node', 'bin', 'node');
export const synapseVenv = join(cache, 'synapse');
export const synapsePython = join(synapseVenv, 'bin', 'python');
export const synapseRequirements = join(root, 'scripts', 'synapse-requirements.txt');

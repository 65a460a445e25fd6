/** Where the fault tests lie and build to. They run in the project's folder, bundled or not. */
import { resolve } from 'node:path';

export const projectDir = process.cwd();
export const faultsSourceDir = resolve(projectDir, 'tests/faults');
/** Below node_modules, so that bundles find the packages they leave out. */
export const faultsBuildDir = resolve(projectDir, 'node_modules/.cache/holdfast-faults');

/** The preloaded library of fault-shim.c, compiled when it is needed. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { faultsBuildDir, faultsSourceDir } from './places';

/** Why injected faults can't be had on this machine; null where they can. */
export function whyNoFaults(): string | null {
  if (process.platform !== 'linux') return 'faults are injected through LD_PRELOAD, on Linux only';
  try {
    buildShim();
    return null;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return `the library that injects them can’t be compiled: ${message.split('\n')[0] ?? ''}`;
  }
}

/** Compiles the library unless it is newer than its source; gives its path. */
export function buildShim(): string {
  const source = join(faultsSourceDir, 'support/fault-shim.c');
  const library = join(faultsBuildDir, 'fault-shim.so');
  const builtAt = statSync(library, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (builtAt > statSync(source).mtimeMs) return library;
  mkdirSync(faultsBuildDir, { recursive: true });
  const draft = `${library}.${process.pid}`;
  const options = ['-shared', '-fPIC', '-O2', '-Wall', '-Wextra', '-Werror'];
  execFileSync('gcc', [...options, '-o', draft, source, '-ldl', '-lpthread'], {
    stdio: 'ignore',
  });
  renameSync(draft, library);
  return library;
}

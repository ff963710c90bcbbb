import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Need, program } from './needs.ts';

/** What makes calls of the C library fail or hang inside every process of a daemon. */
export const ofPreloading: Need = program('cc', 'gcc');

/** Compiles functions that come before those of the C library (ld.so(8)); gives the path for LD_PRELOAD. */
export function preloaded(folder: string, name: string, source: string): string {
  const [code, library] = [`${name}.c`, `${name}.so`].map((file) => join(folder, file));
  writeFileSync(code!, source);
  const words = ['-shared', '-fPIC', '-O1', '-w', '-o', library!, code!, '-ldl'];
  const { status, stderr } = spawnSync('cc', words, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return library!;
}

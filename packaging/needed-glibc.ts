import { globSync, lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The newest version of glibc whose symbols a program or library below the folder asks for, as `2.28`. */
export function neededGlibc(folder: string): string {
  const minors = globSync('**/{node,*.node,*.so,*.so.*}', { cwd: folder })
    .map((name) => join(folder, name))
    .filter((path) => lstatSync(path).isFile())
    .flatMap((path) => [...readFileSync(path, 'latin1').matchAll(/GLIBC_2\.(\d+)/g)])
    .map(([, minor]) => Number(minor));
  return `2.${minors.reduce((newest, minor) => Math.max(newest, minor), 0)}`;
}

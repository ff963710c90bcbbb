import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Need } from './needs.ts';

/** The system's Node before 24, null where there is none; `node_modules/.bin` has the right one. */
export const olderNode: string | null =
  [...(process.env.PATH ?? '').split(delimiter), '/usr/bin']
    .map((folder) => join(folder, 'node'))
    .filter((path) => existsSync(path))
    .find((path) => Number(execFileSync(path, ['-p', 'parseInt(process.versions.node)'])) < 24) ?? null;

export const anOlderNode: Need = {
  isMet: olderNode !== null,
  what: 'a Node before 24 in PATH or /usr/bin: apt install nodejs on Debian 12 or 13',
};

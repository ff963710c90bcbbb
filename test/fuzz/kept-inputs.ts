import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('./kept', import.meta.url));

/** Inputs that reached new code once, or that something was wrong with; replayed by each run and by the fast tests. */
export function keptInputs(target: string): Buffer[] {
  const own = join(folder, target);
  if (!existsSync(own)) return [];
  return readdirSync(own)
    .toSorted()
    .map((name) => readFileSync(join(own, name)));
}

/** @returns its path */
export function keepInput(target: string, input: Buffer): string {
  const own = join(folder, target);
  mkdirSync(own, { recursive: true });
  const path = join(own, createHash('sha256').update(input).digest('hex').slice(0, 12));
  writeFileSync(path, input);
  return path;
}

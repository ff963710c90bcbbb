import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const module = fileURLToPath(new URL('../src/process-priority.ts', import.meta.url));

/** The nice value of each thread is the nineteenth field of proc_pid_stat(5), the seventeenth after the name. */
const script = (to: string) => `
  import { readdirSync, readFileSync } from 'node:fs';
  import { promisify } from 'node:util';
  import { gzip } from 'node:zlib';
  import { lowerPriority } from ${JSON.stringify(module)};
  const pack = () => Promise.all([1, 2, 3, 4].map(() => promisify(gzip)('x'.repeat(100_000))));
  await pack(); // the threads that compress are there before
  lowerPriority('${to}');
  await pack();
  const nice = (thread) => {
    const stat = readFileSync('/proc/self/task/' + thread + '/stat', 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16]);
  };
  console.log(JSON.stringify(readdirSync('/proc/self/task').map(nice)));
`;

const niceOfThreads = (to: string): number[] =>
  JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '--eval', script(to)], { encoding: 'utf8' }),
  );

it.runIf(process.platform === 'linux').each([
  ['low', 19],
  ['below-normal', 10],
] as const)('a process whose priority is lowered to %s has nice %i in all of its threads', (to, nice) => {
  const all = niceOfThreads(to);
  // The main one, four that compress and read files, and those of V8.
  expect(all.length).toBeGreaterThan(5);
  expect(new Set(all)).toEqual(new Set([nice]));
});

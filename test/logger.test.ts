import { spawnSync } from 'node:child_process';
import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { environment } from './support/command.ts';
import { itNeeding, program } from './support/needs.ts';
import { premises } from './support/premises.ts';

const module = new URL('../src/logger.ts', import.meta.url).href;

const speaking = (format: string): string =>
  `import { createLogger } from ${JSON.stringify(module)};
   createLogger({ level: 'info', format: '${format}' }).warn({ n: 1 }, 'said'); process.kill(process.pid, 'SIGKILL');`;

/** What a process that logs one line, and is killed at once, leaves in the file that is its standard error. */
function said(format: string, journal: 'this file' | 'another' | 'none'): string {
  const path = join(premises().folder, 'stderr');
  const file = openSync(path, 'w');
  const { dev, ino } = fstatSync(file);
  const stream = { 'this file': `${dev}:${ino}`, another: `${dev}:1`, none: undefined }[journal];
  spawnSync(process.execPath, ['--input-type=module', '-e', speaking(format)], {
    stdio: ['ignore', 'ignore', file],
    env: { ...environment(), ...(stream && { JOURNAL_STREAM: stream }) },
  });
  closeSync(file);
  return readFileSync(path, 'utf8');
}

describe('a logger', () => {
  it('speaks to the journal where that reads its standard error', () => {
    expect(said('auto', 'this file')).toBe('<4>said n=1\n');
  });

  it.each(['another', 'none'] as const)('speaks JSON to a program, its journal being %s', (journal) => {
    expect(JSON.parse(said('auto', journal))).toMatchObject({ level: 40, n: 1, msg: 'said' });
  });

  it('speaks as the configuration says, whoever reads', () => {
    expect(said('json', 'this file')).toMatch(/^\{.*\}\n$/);
    expect(said('pretty', 'none')).toMatch(/^\d\d:\d\d:\d\d warn {2}said n=1\n$/);
    expect(said('journal', 'none')).toBe('<4>said n=1\n');
  });

  itNeeding(program('script', 'bsdutils'))('speaks to a person at a terminal', () => {
    const { stdout } = spawnSync(
      'script',
      [
        '-qec',
        `${process.execPath} --input-type=module -e '${speaking('auto').replaceAll("'", '"')}'`,
        '/dev/null',
      ],
      { encoding: 'utf8', env: environment() },
    );
    expect(stdout).toMatch(/^\d\d:\d\d:\d\d warn {2}said n=1\r?\n/m);
  });
});

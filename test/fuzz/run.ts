/**
 * Gives every reader of foreign input thousands of inputs, guided by the code that they reach.
 *
 *     npm run fuzz -- --runs 10000
 *     npm run fuzz -- --runs 10000 --target png --seed 7
 *     npm run fuzz -- --runs 10000 --keep 8        keeps the inputs that reached most in test/fuzz/kept
 *
 * Each target runs in a process of its own. Findings are kept in test/fuzz/kept, where the fast tests replay them.
 */
import { fork } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CURRENT, type FuzzOutcome, fuzzTarget } from './fuzz-target.ts';
import { keepInput } from './kept-inputs.ts';
import { fuzzTargets } from './targets.ts';

/** Without a word for so long a target hangs; a loaded machine is slow, not silent. */
const SILENT_MS = 60_000;

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '10000' },
    seed: { type: 'string' },
    target: { type: 'string' },
    keep: { type: 'string', default: '0' },
    folder: { type: 'string' },
  },
});
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
const [runs, keep] = [Number(values.runs), Number(values.keep)];

if (values.folder !== undefined && values.target !== undefined) {
  const alive = setInterval(() => process.send?.('alive'), 1000);
  const outcome = await fuzzTarget(values.target, { runs, seed, keep, folder: values.folder });
  clearInterval(alive);
  process.send?.(outcome, () => process.exit());
} else {
  console.log(`fuzz: ${runs} inputs for each reader, seed ${seed}`);
  let findings = 0;
  for (const name of values.target === undefined ? Object.keys(fuzzTargets) : [values.target]) {
    const folder = mkdtempSync(join(tmpdir(), 'particled-fuzz-'));
    const outcome = await apart(name, folder);
    rmSync(folder, { recursive: true });
    findings += outcome.findings.length;
    console.log(
      `${name.padEnd(14)} ${outcome.inputs} inputs, ${outcome.blocks} blocks reached, ${outcome.corpus} inputs reached ` +
        `new ones, slowest ${outcome.slowestMs.toFixed(0)} ms, ${outcome.findings.length} findings`,
    );
    for (const finding of outcome.findings.slice(0, 20)) console.log(`  ${finding}`);
  }
  process.exitCode = findings === 0 ? 0 : 1;
}

/** A crash or hang of the reader ends its process alone. */
function apart(name: string, folder: string): Promise<FuzzOutcome> {
  const words = [
    '--target',
    name,
    '--folder',
    folder,
    '--runs',
    `${runs}`,
    '--seed',
    `${seed}`,
    '--keep',
    `${keep}`,
  ];
  const child = fork(import.meta.filename, words);
  let outcome: FuzzOutcome | undefined;
  let silence: NodeJS.Timeout | undefined;
  const heard = (): void => {
    clearTimeout(silence);
    silence = setTimeout(() => child.kill('SIGKILL'), SILENT_MS);
  };
  heard();
  child.on('message', (message: FuzzOutcome | 'alive') => {
    heard();
    if (message !== 'alive') outcome = message;
  });
  return new Promise((resolve) => {
    child.on('exit', (code, signal) => {
      clearTimeout(silence);
      if (outcome) return resolve(outcome);
      const path = keepInput(name, readFileSync(join(folder, CURRENT)));
      const finding = `${path}: the process hung or crashed (${signal ?? `exit code ${code}`})`;
      resolve({ inputs: 0, blocks: 0, corpus: 0, slowestMs: SILENT_MS, findings: [finding] });
    });
  });
}

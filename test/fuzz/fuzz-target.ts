import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createRandom } from '../../src/simulator/random.ts';
import { startBlockCoverage } from './block-coverage.ts';
import { keepInput, keptInputs } from './kept-inputs.ts';
import { mutated } from './mutate.ts';
import { fuzzTargets } from './targets.ts';
import { trial } from './trial.ts';

/** Our readers, and the libraries that read for them. */
const WATCHED = /\/src\/|fast-xml-parser|node_modules\/(yaml|zod)\//;
/** Where the input that is being read lies, for who finds this process hanging. */
export const CURRENT = 'current-input';

export interface FuzzOutcome {
  readonly inputs: number;
  readonly blocks: number;
  /** Inputs that reached new code. */
  readonly corpus: number;
  readonly slowestMs: number;
  readonly findings: readonly string[];
}

/**
 * Seeds, kept inputs, then mutations of whatever reached new code, the latest twice as often as the rest.
 * @param keep also keeps the smallest inputs that reached most; findings are kept always
 */
export async function fuzzTarget(
  name: string,
  { runs, seed, folder, keep }: { runs: number; seed: number; folder: string; keep: number },
): Promise<FuzzOutcome> {
  const target = fuzzTargets[name];
  if (!target) throw new Error(`${name}: no target; there are ${Object.keys(fuzzTargets).join(', ')}`);
  const coverage = await startBlockCoverage(WATCHED);
  const random = createRandom(seed).fork(name);
  const given = [...target.seeds, ...keptInputs(name)];
  const corpus: { readonly input: Buffer; readonly news: number }[] = [];
  const findings: string[] = [];
  let slowestMs = 0;
  for (let run = 0; run < runs; run++) {
    // Most readers never wait, and then nothing else would have its turn.
    if (run % 20 === 0) await nextTurn();
    const parent =
      corpus[random.integer(0, random.integer(0, 2) === 0 ? corpus.length - 1 : 2 * corpus.length)];
    const inputs = corpus.map(({ input }) => input);
    const base = parent?.input ?? inputs.at(-random.integer(1, 20)) ?? given[0]!;
    const input = given[run] ?? mutated(base, inputs, target.words, random);
    writeFileSync(join(folder, CURRENT), input);
    const start = performance.now();
    const fault = await trial(target, input, folder);
    slowestMs = Math.max(slowestMs, performance.now() - start);
    if (fault !== null) findings.push(`${keepInput(name, input)}: ${fault}`);
    const news = await coverage.newBlocks();
    if (news > 0 || run < given.length) corpus.push({ input, news });
  }
  const best = corpus
    .slice(given.length)
    .toSorted((a, b) => b.news - a.news || a.input.length - b.input.length);
  for (const { input } of best.slice(0, keep)) keepInput(name, input);
  return { inputs: runs, blocks: coverage.size, corpus: corpus.length, slowestMs, findings };
}

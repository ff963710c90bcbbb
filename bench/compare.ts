/**
 * Memory and time of `particled compare` over many particles, each size in a process of its own: generated folders of
 * results, runs of 100,000 particles, and one run that holds them all.
 *
 *     node bench/compare.ts [--particles 10000000]
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';
import { compareFolders } from '../src/commands/compare/compare.ts';
import { startEngine } from '../src/commands/compare/engine.ts';
import type { ResultFolder, ResultRun } from '../src/commands/compare/result-folder.ts';
import { say } from './figures.ts';

const A_RUN = 100_000;
const TILES_A_RUN = 288;
const { values } = parseArgs({
  options: { particles: { type: 'string', default: '10000000' }, folder: { type: 'string' } },
});

interface Size {
  readonly runs: number;
  readonly particles: number;
}

function runAt(folder: string, at: number): ResultRun {
  const inside = join(folder, `s${at}`, 'run');
  const files = { particles: join(inside, 'particles.parquet'), tiles: join(inside, 'tiles.parquet') };
  const as = { diameter: 'area', filter: '', models: ['low'], estimates: null } as const;
  return { sampleId: `s${at}`, label: '', name: 'run', ...files, ...as };
}

/** Log-normal diameters, in B 2 % larger; weights as at borders. */
async function writeResults(folder: string, size: Size, larger: number): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:', { memory_limit: '512MB', threads: '2' });
  const connection = await instance.connect();
  for (let at = 0; at < size.runs; at++) {
    const { particles, tiles } = runAt(folder, at);
    mkdirSync(join(particles, '..'), { recursive: true });
    await connection.run(`COPY (
      SELECT d AS diameterUm, pi() / 4 * d * d AS areaUm2, 1 + d / 100 AS weight, true AS passesFilter, 'tile_' || (i % ${TILES_A_RUN}) AS tile
      FROM (SELECT i, ${larger} * exp(1 + 0.5 * sqrt(-2 * ln(1 - random())) * cos(2 * pi() * random())) AS d FROM range(${size.particles}) t(i))
    ) TO '${particles}' (FORMAT parquet, ROW_GROUP_SIZE 20480)`);
    await connection.run(`COPY (
      SELECT 'tile_' || i AS tile, md5('${at} ' || i) AS contentHash, 'segmented' AS state, false AS leftOut FROM range(${TILES_A_RUN}) t(i)
    ) TO '${tiles}' (FORMAT parquet)`);
  }
  connection.closeSync();
  instance.closeSync();
}

function resultFolder(folder: string, runs: number): ResultFolder {
  return { folder, runs: Array.from({ length: runs }, (_, at) => runAt(folder, at)), faults: [] };
}

if (values.folder) {
  const { folder } = values;
  const runs = Number(values.particles);
  const engine = await startEngine();
  const start = performance.now();
  const { overall } = await compareFolders(
    engine,
    resultFolder(join(folder, 'a'), runs),
    resultFolder(join(folder, 'b'), runs),
  );
  const seconds = (performance.now() - start) / 1000;
  engine.close();
  const d50 = overall.find(({ figure }) => figure === 'd50Um');
  console.log(JSON.stringify({ seconds, mb: process.resourceUsage().maxRSS / 1024, change: d50?.median }));
} else {
  const work = mkdtempSync(join(tmpdir(), 'particled-bench-'));
  const all = Number(values.particles);
  const sizes: readonly [string, Size][] = [
    ['1 run', { runs: 1, particles: A_RUN }],
    [`${all / A_RUN} runs`, { runs: all / A_RUN, particles: A_RUN }],
    ['1 run of all', { runs: 1, particles: all }],
  ];
  let first: number | null = null;
  try {
    for (const [name, size] of sizes) {
      const folder = join(work, name.replaceAll(' ', '-'));
      await writeResults(join(folder, 'a'), size, 1);
      await writeResults(join(folder, 'b'), size, 1.02);
      const words = [fileURLToPath(import.meta.url), '--folder', folder, '--particles', String(size.runs)];
      const { seconds, mb, change } = JSON.parse(execFileSync(process.execPath, words, { encoding: 'utf8' }));
      rmSync(folder, { recursive: true });
      first ??= mb as number;
      const particles = (size.runs * size.particles).toLocaleString('en-GB');
      const d50 = `D50 ${(100 * change).toFixed(2)} %`;
      say(
        `${name}, ${particles} particles`,
        `${mb.toFixed(0)} MB`,
        `${(mb / first).toFixed(2)} times, ${seconds.toFixed(1)} s, ${d50}`,
      );
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

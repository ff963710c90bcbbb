import { extname, resolve } from 'node:path';
import { messageOf } from '../../errors.ts';
import type { TableFile } from '../../report/tables/column.ts';
import { openCsv } from '../../report/tables/csv-file.ts';
import { openParquet } from '../../report/tables/parquet-file.ts';
import {
  type ComparedRun,
  type Comparison,
  comparedRun,
  overallChanges,
  requireComparable,
} from './comparison.ts';
import { comparisonColumns } from './comparison-columns.ts';
import { comparisonText } from './comparison-text.ts';
import { type Engine, startEngine } from './engine.ts';
import { type MatchedRuns, matchRuns } from './matched-runs.ts';
import { type ResultFolder, type ResultRun, readResultFolder } from './result-folder.ts';
import { runFigures } from './run-figures.ts';

export interface CompareOptions {
  readonly out?: string;
  readonly json: boolean;
}

/** Compares two folders of results, and prints or writes what came out. */
export async function compare(
  folderA: string,
  folderB: string,
  { out, json }: CompareOptions,
): Promise<void> {
  const isParquet = out !== undefined && isParquetName(out);
  const [a, b] = [readResultFolder(folderA), readResultFolder(folderB)];
  const engine = await startEngine();
  try {
    const comparison = await compareFolders(engine, a, b);
    if (comparison.runs.length === 0)
      throw new Error(
        `${a.folder} and ${b.folder}: no run of one shows a tile of the other; give two results of one archive`,
      );
    if (out !== undefined) {
      const path = resolve(out);
      await written(path, isParquet, comparison.runs).catch((error: unknown) => {
        throw new Error(
          `--out ${out}: cannot be written (${messageOf(error)}); give a file in a folder that is there and may be written`,
        );
      });
    }
    console.log(
      json
        ? JSON.stringify({ a: a.folder, b: b.folder, ...comparison }, null, 2)
        : comparisonText(comparison),
    );
  } finally {
    engine.close();
  }
}

function isParquetName(out: string): boolean {
  const ending = extname(out).toLowerCase();
  if (ending === '.parquet') return true;
  if (ending === '.csv') return false;
  throw new Error(`--out ${out}: ends in ${ending || 'nothing'}; give a file that ends in .csv or .parquet`);
}

async function written(path: string, isParquet: boolean, runs: readonly ComparedRun[]): Promise<void> {
  await writeTable(
    isParquet ? openParquet(path, comparisonColumns) : await openCsv(path, comparisonColumns),
    runs,
  );
}

async function writeTable(file: TableFile<ComparedRun>, runs: readonly ComparedRun[]): Promise<void> {
  try {
    await file.write(runs);
    await file.close();
  } catch (error) {
    await file.abandon();
    throw error;
  }
}

/** One pair of runs after another: memory holds the classes of one. */
export async function compareFolders(engine: Engine, a: ResultFolder, b: ResultFolder): Promise<Comparison> {
  const { pairs, onlyA, onlyB, faults: damaged } = await matchRuns(engine, a, b);
  const runs: ComparedRun[] = [];
  const faults = [...a.faults, ...b.faults, ...damaged];
  for (const pair of pairs) {
    requireComparable(pair);
    try {
      const inA = await runFigures(engine, pair.a, tilesInBoth(pair, 'a', a, b));
      const inB = await runFigures(engine, pair.b, tilesInBoth(pair, 'b', a, b));
      runs.push(comparedRun(pair, inA, inB));
    } catch (error) {
      faults.push({ run: `${pair.a.sampleId}/${pair.a.name}`, reason: messageOf(error) });
    }
  }
  const leftOutOf = ({ tiles: { a: inA, b: inB, both } }: ComparedRun): number => inA + inB - 2 * both;
  const named = ({ sampleId, label, name }: ResultRun) => ({ sampleId, label, name });
  return {
    runs,
    overall: overallChanges(runs),
    leftOut: {
      ...{ onlyA: onlyA.map(named), onlyB: onlyB.map(named), faults },
      tiles: runs.reduce((sum, run) => sum + leftOutOf(run), 0),
    },
  };
}

/** Names of the tiles that count in both, as SQL; null where these are all that count in the one. */
function tilesInBoth(pair: MatchedRuns, side: 'a' | 'b', a: ResultFolder, b: ResultFolder): string | null {
  if (pair.tiles[side] === pair.tiles.both) return null;
  const [atA, atB] = [a.runs.indexOf(pair.a), b.runs.indexOf(pair.b)];
  return `SELECT ${side}.tile FROM a JOIN b USING (contentHash) WHERE a.run = ${atA} AND b.run = ${atB} AND a.counts AND b.counts`;
}

import { messageOf } from '../../errors.ts';
import { type Engine, quoted } from './engine.ts';
import type { ResultFolder, ResultRun } from './result-folder.ts';

/** A run of A and the run of B that shows the same tiles. */
export interface MatchedRuns {
  readonly a: ResultRun;
  readonly b: ResultRun;
  /** Tiles that count in A, in B, and in both. */
  readonly tiles: { readonly a: number; readonly b: number; readonly both: number };
}

export interface Matching {
  readonly pairs: readonly MatchedRuns[];
  /** Runs of which the other folder has no tile. */
  readonly onlyA: readonly ResultRun[];
  readonly onlyB: readonly ResultRun[];
  /** Runs whose tables of tiles cannot be read, and why. */
  readonly faults: ResultFolder['faults'];
}

/**
 * Pairs runs of one sample by the content of their tiles, those that share most first, so that a run is found again under
 * whatever name; leaves the tables `a` and `b` in the engine: a line for each tile with the number of its run.
 */
export async function matchRuns(engine: Engine, a: ResultFolder, b: ResultFolder): Promise<Matching> {
  const damaged = new Map([
    ...(await readTiles(engine, 'a', a.runs)),
    ...(await readTiles(engine, 'b', b.runs)),
  ]);
  const [countedA, countedB] = [await countTiles(engine, 'a'), await countTiles(engine, 'b')];
  const shared = await engine.rows(`
    SELECT a.run AS a, b.run AS b, count(*) FILTER (a.counts AND b.counts) AS tiles
    FROM a JOIN b USING (contentHash) GROUP BY ALL ORDER BY count(*) DESC, a, b`);
  const pairs: MatchedRuns[] = [];
  const [takenA, takenB] = [new Set<number>(), new Set<number>()];
  for (const row of shared) {
    const [atA, atB] = [Number(row.a), Number(row.b)];
    const [runA, runB] = [a.runs[atA]!, b.runs[atB]!];
    if (takenA.has(atA) || takenB.has(atB) || runA.sampleId !== runB.sampleId) continue;
    takenA.add(atA);
    takenB.add(atB);
    const tiles = { a: countedA.get(atA) ?? 0, b: countedB.get(atB) ?? 0, both: Number(row.tiles) };
    pairs.push({ a: runA, b: runB, tiles });
  }
  const order = new Map(a.runs.map((run, at) => [run, at]));
  return {
    pairs: pairs.toSorted((one, other) => order.get(one.a)! - order.get(other.a)!),
    onlyA: a.runs.filter((run, at) => !takenA.has(at) && !damaged.has(run)),
    onlyB: b.runs.filter((run, at) => !takenB.has(at) && !damaged.has(run)),
    faults: [...damaged].map(([{ sampleId, name }, reason]) => ({ run: `${sampleId}/${name}`, reason })),
  };
}

/** Files in one statement: a list of some kilobytes. */
const FILES_AT_ONCE = 100;

/** @returns the runs whose table cannot be read, and why */
async function readTiles(
  engine: Engine,
  table: 'a' | 'b',
  runs: readonly ResultRun[],
): Promise<Map<ResultRun, string>> {
  const damaged = new Map<ResultRun, string>();
  await engine.rows(`CREATE TABLE ${table} (run INTEGER, tile VARCHAR, contentHash VARCHAR, counts BOOLEAN)`);
  for (let start = 0; start < runs.length; start += FILES_AT_ONCE) {
    const some = runs.slice(start, start + FILES_AT_ONCE);
    const selects = some.map(
      ({ tiles }, at) =>
        `SELECT ${start + at}, tile, contentHash, state = 'segmented' AND NOT leftOut FROM read_parquet(${quoted(tiles)})`,
    );
    const insert = (what: string): Promise<unknown> => engine.rows(`INSERT INTO ${table} ${what}`);
    try {
      await insert(selects.join(' UNION ALL '));
    } catch {
      for (const [at, select] of selects.entries())
        await insert(select).catch((error: unknown) => damaged.set(some[at]!, messageOf(error)));
    }
  }
  return damaged;
}

async function countTiles(engine: Engine, table: 'a' | 'b'): Promise<Map<number, number>> {
  const rows = await engine.rows(`SELECT run, count(*) AS tiles FROM ${table} WHERE counts GROUP BY run`);
  return new Map(rows.map(({ run, tiles }) => [Number(run), Number(tiles)]));
}

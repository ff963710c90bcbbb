import { publishedDigits } from '../../statistics/numeric/significant.ts';
import { type Engine, quoted } from './engine.ts';
import type { FigureName, ResultRun } from './result-folder.ts';

/** Figures of the particles of a run, as its summary has them; null where it has none. */
export type RunFigures = { readonly count: number } & Readonly<Record<FigureName, number | null>>;

/** Sizes of one diameter class, 0.05 % wide: how many particles up to it, and their volume. */
interface SizeClass {
  readonly at: number;
  readonly number: number;
  readonly volume: number;
}

/** A percentile that is looked for: the first size whose cumulated sum is over (by number) or reaches (by volume) it. */
interface Sought {
  readonly by: 'number' | 'volume';
  readonly sum: number;
}

const CLASSES_PER_E_FOLD = 2000;

/**
 * The formulas of docs/tables.md, in two passes, so that memory does not grow with the particles: sums of narrow classes
 * of size, then the sizes in those few classes that hold a percentile.
 *
 * @param tiles names of the tiles of which particles count, as SQL; null: all
 */
export async function runFigures(engine: Engine, run: ResultRun, tiles: string | null): Promise<RunFigures> {
  const volume = run.diameter === 'area' ? 'areaUm2 * diameterUm' : 'pi() / 4 * diameterUm ** 3';
  const restriction = tiles === null ? '' : `AND tile IN (${tiles})`;
  const counted = `(SELECT diameterUm AS d, areaUm2 AS area, weight AS w, weight * ${volume} AS v,
    CAST(floor(ln(diameterUm) * ${CLASSES_PER_E_FOLD}) AS INTEGER) AS class
    FROM read_parquet(${quoted(run.particles)}) WHERE passesFilter ${restriction})`;
  const classRows = await engine.rows(`
    SELECT class, count(*) AS particles, sum(w) AS number, sum(v) AS volume, sum(w * area) AS area
    FROM ${counted} GROUP BY class ORDER BY class`);
  const sumOf = (name: string): number => classRows.reduce((sum, row) => sum + Number(row[name]), 0);
  const count = sumOf('particles');
  if (count === 0) return { count, ...nothing };
  const [number, volumes] = [sumOf('number'), sumOf('volume')];
  const classes = classRows.map((row) => ({
    ...{ at: Number(row.class), number: Number(row.number), volume: Number(row.volume) },
  }));

  const fractions = [0.1, 0.5, 0.9] as const;
  const ranks = fractions.map((fraction) => (number - 1) * fraction);
  const sought: Sought[] = [
    ...ranks.flatMap((rank) =>
      [0, 1].map((step) => ({ by: 'number', sum: Math.floor(rank) + step }) as const),
    ),
    ...fractions.map((fraction) => ({ by: 'volume', sum: volumes * fraction }) as const),
  ];
  const found = await findSizes(engine, counted, classes, sought);
  const byNumber = ranks.map((rank, index) => {
    const [low, high] = [found[2 * index]!, found[2 * index + 1]!];
    return low + (rank - Math.floor(rank)) * (high - low);
  });
  const byVolume = found.slice(2 * fractions.length);
  const [d10Um, d50Um, d90Um] = byNumber.map(publishedDigits);
  const [d10ByVolumeUm, d50ByVolumeUm, d90ByVolumeUm] = byVolume.map(publishedDigits);
  return {
    count,
    areaMeanUm2: publishedDigits(sumOf('area') / number),
    ...{ d10Um: d10Um!, d50Um: d50Um!, d90Um: d90Um! },
    ...{ d10ByVolumeUm: d10ByVolumeUm!, d50ByVolumeUm: d50ByVolumeUm!, d90ByVolumeUm: d90ByVolumeUm! },
  };
}

const nothing: Readonly<Record<FigureName, null>> = {
  ...{ areaMeanUm2: null, d10Um: null, d50Um: null, d90Um: null },
  ...{ d10ByVolumeUm: null, d50ByVolumeUm: null, d90ByVolumeUm: null },
};

/** The size at each of the sums, of the last particle where a sum is beyond it. */
async function findSizes(
  engine: Engine,
  counted: string,
  classes: readonly SizeClass[],
  sought: readonly Sought[],
): Promise<number[]> {
  const last = classes.length - 1;
  const before = cumulatedBefore(classes);
  const isAt = ({ by, sum }: Sought, cumulated: Record<Sought['by'], number>): boolean =>
    by === 'number' ? cumulated.number > sum : cumulated.volume >= sum;
  const indexes = sought.map((one) => {
    const index = classes.findIndex((_, at) => isAt(one, before[at + 1]!));
    return index < 0 ? last : index;
  });
  const wanted = [...new Set(indexes)].map((index) => classes[index]!.at);
  const rows = await engine.rows(`
    SELECT class, d, sum(w) AS number, sum(v) AS volume FROM ${counted}
    WHERE class IN (${wanted.join(', ')}) GROUP BY class, d ORDER BY d`);
  const sizes = Map.groupBy(rows, (row) => Number(row.class));
  return sought.map((one, which) => {
    const index = indexes[which]!;
    const inside = sizes.get(classes[index]!.at)!;
    const sums = { ...before[index]! };
    const hit = inside.find((row) => {
      sums.number += Number(row.number);
      sums.volume += Number(row.volume);
      return isAt(one, sums);
    });
    return Number((hit ?? inside.at(-1)!).d);
  });
}

/** One entry more than there are classes: what lies below each, and in the end all. */
function cumulatedBefore(classes: readonly SizeClass[]): Record<Sought['by'], number>[] {
  const sums = [{ number: 0, volume: 0 }];
  for (const { number, volume } of classes) {
    const last = sums.at(-1)!;
    sums.push({ number: last.number + number, volume: last.volume + volume });
  }
  return sums;
}

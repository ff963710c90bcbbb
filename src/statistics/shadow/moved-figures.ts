import { standardDeviation } from '../numeric/moments.ts';
import { percentileOfCounted } from '../numeric/percentile.ts';
import { resampledTiles } from '../numeric/resample.ts';
import { studentQuantile } from '../numeric/student-t.ts';

/** What is known of a piece for figures of many. */
export interface SizedPiece {
  readonly areaUm2: number;
  readonly diameterEquivalentUm: number;
  readonly certain: boolean;
}

/** What two models found in one tile. */
export interface BothFindings<Piece> {
  readonly serving: readonly Piece[];
  readonly shadow: readonly Piece[];
}

export const movedFigureNames = [
  'count',
  'uncertainShare',
  'areaMeanUm2',
  'diameterD10Um',
  'diameterD50Um',
  'diameterD90Um',
] as const;
export type MovedFigureName = (typeof movedFigureNames)[number];

/** How a figure would move; null where a model found nothing of which there could be one. */
export interface MovedFigure {
  readonly figure: MovedFigureName;
  readonly serving: number | null;
  readonly shadow: number | null;
  /** Shadow less serving, with its 95 % interval; the bounds are null for fewer than two tiles. */
  readonly difference: {
    readonly value: number;
    readonly low95: number | null;
    readonly high95: number | null;
  } | null;
}

export interface Resampling {
  readonly resamples: number;
  readonly seed: number;
}

/**
 * Figures by number of what both models found in the same tiles, and how they differ. The interval is of the difference itself,
 * from tiles drawn again and again, each with what both models found in it (paired cluster bootstrap): what tiles differ by
 * falls out of it. Student's t on the resampled differences, their spread times sqrt(n / (n - 1)) as in `interval95`,
 * which the difference of two figures, being of either sign, cannot use (Davison & Hinkley 1997, 5.2).
 */
export function movedFigures(
  tiles: readonly BothFindings<SizedPiece>[],
  { resamples, seed }: Resampling,
): MovedFigure[] {
  const serving = sorted(tiles.map((tile) => tile.serving));
  const shadow = sorted(tiles.map((tile) => tile.shadow));
  const once = new Int32Array(tiles.length).fill(1);
  const observed = { serving: figuresOf(serving, once), shadow: figuresOf(shadow, once) };
  const occupied = tiles.filter((tile) => tile.serving.length + tile.shadow.length > 0).length;
  const resampled = new Map(movedFigureNames.map((figure) => [figure, [] as number[]]));
  for (const drawn of resampledTiles(tiles.length, occupied < 2 ? 0 : resamples, seed)) {
    const now = { serving: figuresOf(serving, drawn), shadow: figuresOf(shadow, drawn) };
    for (const [figure, differences] of resampled) {
      const difference = differenceOf(now, figure);
      if (difference !== null) differences.push(difference);
    }
  }
  return movedFigureNames.map((figure) => {
    const value = differenceOf(observed, figure);
    return {
      figure,
      serving: observed.serving[figure],
      shadow: observed.shadow[figure],
      difference:
        value === null ? null : { value, ...interval(value, resampled.get(figure) ?? [], occupied) },
    };
  });
}

type Figures = Readonly<Record<MovedFigureName, number | null>>;

function differenceOf(of: BothFigures, figure: MovedFigureName): number | null {
  const [before, after] = [of.serving[figure], of.shadow[figure]];
  return before === null || after === null ? null : after - before;
}

interface BothFigures {
  readonly serving: Figures;
  readonly shadow: Figures;
}

function interval(value: number, differences: readonly number[], tiles: number) {
  if (differences.length < 2) return { low95: null, high95: null };
  const spread = standardDeviation(Float64Array.from(differences));
  const half = studentQuantile(0.975, tiles - 1) * spread * Math.sqrt(tiles / (tiles - 1));
  return { low95: value - half, high95: value + half };
}

/** Pieces of many tiles in columns, in ascending order of size. */
interface Columns {
  readonly diameterUm: Float64Array;
  readonly areaUm2: Float64Array;
  readonly uncertain: Uint8Array;
  readonly tile: Int32Array;
  /** Working memory of all resamples. */
  readonly cumulated: Float64Array;
}

function sorted(tiles: readonly (readonly SizedPiece[])[]): Columns {
  const all = tiles
    .flatMap((pieces, tile) => pieces.map((piece) => ({ ...piece, tile })))
    .sort((a, b) => a.diameterEquivalentUm - b.diameterEquivalentUm);
  return {
    diameterUm: Float64Array.from(all, (piece) => piece.diameterEquivalentUm),
    areaUm2: Float64Array.from(all, (piece) => piece.areaUm2),
    uncertain: Uint8Array.from(all, (piece) => Number(!piece.certain)),
    tile: Int32Array.from(all, (piece) => piece.tile),
    cumulated: new Float64Array(all.length),
  };
}

/** The figures where every piece counts as often as its tile was drawn. */
function figuresOf(columns: Columns, timesDrawn: Int32Array): Figures {
  const { diameterUm, areaUm2, uncertain, tile, cumulated } = columns;
  let [count, area, doubtful] = [0, 0, 0];
  for (let place = 0; place < tile.length; place++) {
    const times = timesDrawn[tile[place]!]!;
    count += times;
    area += times * areaUm2[place]!;
    doubtful += times * uncertain[place]!;
    cumulated[place] = count;
  }
  if (count === 0) return nothing;
  const diameter = (fraction: number) => percentileOfCounted(diameterUm, cumulated, fraction);
  return {
    count,
    uncertainShare: doubtful / count,
    areaMeanUm2: area / count,
    diameterD10Um: diameter(0.1),
    diameterD50Um: diameter(0.5),
    diameterD90Um: diameter(0.9),
  };
}

const nothing: Figures = {
  count: 0,
  uncertainShare: null,
  areaMeanUm2: null,
  diameterD10Um: null,
  diameterD50Um: null,
  diameterD90Um: null,
};

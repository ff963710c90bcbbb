import { type JoinedParticle, joinedParticles } from '../grid/joined-particles.ts';
import type { JoinableParticles, PieceName } from '../grid/particle-pieces.ts';
import { duplicateParticles } from '../grid/same-particle.ts';
import { borderWeight, joinedWindow, type SamplingWeight, wholeWindow } from '../grid/sampling-window.ts';
import type { CountedParticles } from './counted-particles.ts';
import { percentile, percentileOfCounted } from './numeric/percentile.ts';
import { measuredDigits } from './numeric/significant.ts';
import { sizeGroup } from './size-group.ts';
import type { BorderMethod, BorderStatistics } from './size-statistics.ts';

/** What counts of a run, and what was done about borders. */
export interface BorderCorrected {
  readonly particles: CountedParticles;
  /** Of each counted particle what it is put together from, the largest piece first. */
  readonly pieces: readonly (readonly PieceName[])[];
  /** Which of a tile's particles another tile shows as well and better, 1 for each. */
  readonly duplicates: readonly Uint8Array[];
  readonly border: BorderStatistics;
  /** Particles that overlapping tiles show twice, counted once. */
  readonly duplicateCount: number;
}

/** One particle that may count. */
type Candidate = JoinedParticle;

/**
 * Which particles count, and for how many.
 *
 * - `weight`: those that lie whole in a tile, each with the inverse of its chance to do so (Miles 1978, Lantuejoul 1980,
 *   ISO 13322-1).
 * - `join`: pieces of neighbouring tiles put together; those that lie whole in all tiles together, with the inverse of
 *   that chance.
 * - `exclude`: those that lie whole in a tile, each once: large ones are cut more often, so sizes come out low.
 * - `include`: all as they are, pieces too.
 */
export function borderCorrected(tiles: readonly JoinableParticles[], method: BorderMethod): BorderCorrected {
  const duplicates = duplicateParticles(tiles);
  const seen = tiles.flatMap((tile, at) => candidatesOf(tile, at, duplicates[at]!));
  const joined = method === 'join' ? joinedParticles(tiles) : [];
  const candidates = method === 'join' ? joined : seen;
  const counted = candidates.filter(({ cut }) => method === 'include' || !cut);
  const particles = columnsOf(counted, weightsOf(tiles, method));
  const whole = seen.filter(({ cut }) => !cut);
  return {
    particles,
    pieces: counted.map(({ pieces }) => pieces),
    duplicates,
    border: {
      method,
      cut: seen.length - whole.length,
      joined: joined.filter(({ pieces }) => pieces.length > 1).length,
      diameterD50Shift: shiftOfD50(particles, whole),
    },
    duplicateCount: duplicates.reduce((sum, ofTile) => sum + ofTile.filter(Boolean).length, 0),
  };
}

function candidatesOf(tile: JoinableParticles, at: number, duplicates: Uint8Array): Candidate[] {
  return [...tile.areaUm2.keys()]
    .filter((index) => duplicates[index] !== 1)
    .map((index) => ({
      areaUm2: tile.areaUm2[index]!,
      boxWidthUm: tile.boxWidthUm[index]!,
      boxHeightUm: tile.boxHeightUm[index]!,
      certain: tile.certain[index] !== 0,
      tile: at,
      cut: tile.touchesBorder[index] !== 0,
      pieces: [{ tile: at, index }],
    }));
}

function weightsOf(tiles: readonly JoinableParticles[], method: BorderMethod): SamplingWeight {
  if (method === 'weight') return borderWeight(wholeWindow(tiles));
  if (method === 'join') return borderWeight(joinedWindow(tiles));
  return () => 1;
}

function columnsOf(counted: readonly Candidate[], weight: SamplingWeight): CountedParticles {
  return {
    areaUm2: Float64Array.from(counted, ({ areaUm2 }) => measuredDigits(areaUm2)),
    weight: Float64Array.from(counted, ({ boxWidthUm, boxHeightUm }) =>
      measuredDigits(weight(boxWidthUm, boxHeightUm)),
    ),
    tile: Int32Array.from(counted, ({ tile }) => tile),
    certain: Uint8Array.from(counted, ({ certain }) => (certain ? 1 : 0)),
  };
}

/** D50 by number of the corrected particles over that of those that lie whole in a tile, minus 1. */
function shiftOfD50(particles: CountedParticles, whole: readonly Candidate[]): number | null {
  if (whole.length === 0 || particles.areaUm2.length === 0) return null;
  const { diameterUm, weight } = sizeGroup(particles);
  let sum = 0;
  const cumulated = weight.map((one) => {
    sum += one;
    return sum;
  });
  const excluded = sizeGroup(columnsOf(whole, () => 1));
  return percentileOfCounted(diameterUm, cumulated, 0.5) / percentile(excluded.diameterUm, 0.5) - 1;
}

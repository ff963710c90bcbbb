import { duplicateParticles } from '../../grid/same-particle.ts';
import type { PlacedField } from '../../grid/tile-overlap.ts';
import type { Particle } from '../../measure/particle.ts';
import { type SizeError, sizeError, sizesOf } from './size-error.ts';

/** A particle that truly lay under the microscope. */
export interface TrueSize {
  readonly areaUm2: number;
  /** Whether some tile shows all of it, clear of its border. */
  readonly wholeInATile: boolean;
}

/** A tile and what was found in it. */
export interface MeasuredTile extends PlacedField {
  readonly particles: readonly Pick<
    Particle,
    'areaUm2' | 'diameterEquivalentUm' | 'centroidStageUm' | 'touchesBorder'
  >[];
}

/** A size distribution by number; the sizes are null without particles. */
export interface SizeSummary {
  readonly count: number;
  readonly areaMeanUm2: number | null;
  readonly diameterD10Um: number | null;
  readonly diameterD50Um: number | null;
  readonly diameterD90Um: number | null;
}

/** A measured acquisition held against what lay under the microscope. */
export interface AcquisitionScore {
  readonly tiles: number;
  /** Truth: the particles that some tile shows whole, and all of which a tile shows a part. */
  readonly whole: SizeSummary;
  readonly all: SizeSummary;
  /** Found: counted once where tiles overlap, those that reach a tile's border left out, as in a summary. */
  readonly found: SizeSummary;
  readonly borderCount: number;
  /** Like with like: the error of finding and outlining alone. */
  readonly errorToWhole: SizeError | null;
  /** What the published distribution is off by: leaving out the border favours small particles. */
  readonly errorToAll: SizeError | null;
}

export function acquisitionScore(
  truth: readonly TrueSize[],
  tiles: readonly MeasuredTile[],
): AcquisitionScore {
  const duplicates = duplicateParticles(tiles.map(columnsOf));
  const kept = tiles.flatMap(({ particles }, tile) =>
    particles.filter((_, index) => duplicates[tile]?.[index] !== 1),
  );
  const areasFound = kept.filter(({ touchesBorder }) => !touchesBorder).map(({ areaUm2 }) => areaUm2);
  const areasAll = truth.map(({ areaUm2 }) => areaUm2);
  const areasWhole = truth.filter(({ wholeInATile }) => wholeInATile).map(({ areaUm2 }) => areaUm2);
  return {
    tiles: tiles.length,
    whole: summaryOf(areasWhole),
    all: summaryOf(areasAll),
    found: summaryOf(areasFound),
    borderCount: kept.length - areasFound.length,
    errorToWhole: sizeError(areasWhole, areasFound),
    errorToAll: sizeError(areasAll, areasFound),
  };
}

function columnsOf({ particles, ...field }: MeasuredTile) {
  return {
    ...field,
    centroidXUm: Float64Array.from(particles, ({ centroidStageUm: at }) => at?.x ?? Number.NaN),
    centroidYUm: Float64Array.from(particles, ({ centroidStageUm: at }) => at?.y ?? Number.NaN),
    diameterEquivalentUm: Float64Array.from(particles, ({ diameterEquivalentUm }) => diameterEquivalentUm),
    touchesBorder: Uint8Array.from(particles, ({ touchesBorder }) => (touchesBorder ? 1 : 0)),
  };
}

function summaryOf(areasUm2: readonly number[]): SizeSummary {
  const sizes = areasUm2.length > 0 ? sizesOf(areasUm2) : null;
  return {
    count: areasUm2.length,
    areaMeanUm2: sizes?.areaMean ?? null,
    diameterD10Um: sizes?.d10 ?? null,
    diameterD50Um: sizes?.d50 ?? null,
    diameterD90Um: sizes?.d90 ?? null,
  };
}

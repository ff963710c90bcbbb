import {
  type ImagingCause,
  type ImagingLimits,
  imagingRules,
  type LimitKey,
  type MeasuredTile,
} from './imaging-rules.ts';
import { figureDigits, settingDigits } from './numeric/figure-digits.ts';
import { percentile } from './numeric/percentile.ts';

/** A tile that failed, and why. */
export interface ImagingVerdict {
  /** Index into the tiles. */
  readonly tile: number;
  readonly causes: readonly ImagingCause[];
  /** The limits that it exceeds, by their names in the configuration below `imaging`. */
  readonly keys: readonly LimitKey[];
  /** Each cause's value and limit, in words. */
  readonly reason: string;
}

/** The tiles of one run whose imaging failed by the stated rule, in their order. */
export function imagingVerdicts(
  tiles: readonly MeasuredTile[],
  limits: ImagingLimits,
): readonly ImagingVerdict[] {
  const rules = imagingRules(tiles, limits);
  return tiles.flatMap((_, tile) => {
    const broken = rules.filter(({ figures, limit }) => (figures[tile] ?? 0) > limit);
    if (broken.length === 0) return [];
    const causes = [...new Set(broken.map(({ cause }) => cause))];
    const reasons = broken.map(
      ({ what, unit, figures, limit }) =>
        `${what} ${figureDigits(figures[tile]!)}${unit}, limit ${settingDigits(limit)}${unit}`,
    );
    return [{ tile, causes, keys: broken.map(({ key }) => key), reason: reasons.join('; ') }];
  });
}

/** How soft the edges of a run's tiles are; null where no tile tells. */
export function edgeBlurMedianPx(tiles: readonly MeasuredTile[]): number | null {
  const known = tiles.flatMap(({ quality }) => quality?.edgeBlurPx ?? []);
  return known.length === 0 ? null : percentile(Float64Array.from(known).sort(), 0.5);
}

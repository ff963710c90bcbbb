import {
  type ImagingCause,
  type ImagingLimits,
  imagingRules,
  type LimitKey,
  type MeasuredTile,
} from './imaging-rules.ts';

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
        `${what} ${rounded(figures[tile]!)}${unit}, limit ${rounded(limit)}${unit}`,
    );
    return [{ tile, causes, keys: broken.map(({ key }) => key), reason: reasons.join('; ') }];
  });
}

function rounded(value: number): number {
  return Number(value.toPrecision(3));
}

import type { TileQuality } from '../measure/image-quality.ts';
import { percentile } from './numeric/percentile.ts';

/** Why a tile's particles are not to be trusted. */
export const imagingCauses = ['blurred', 'charged', 'saturated', 'drifted'] as const;
export type ImagingCause = (typeof imagingCauses)[number];

/** A limit that is null judges nothing. */
export interface ImagingLimits {
  /** Most of a tile's pixels that may be 255 or 0. */
  readonly whiteShareMax: number | null;
  readonly blackShareMax: number | null;
  /** Most that a tile may have of its run's median blur. */
  readonly edgeBlurRatioMax: number | null;
  /** Most that a tile may be over its run's median. */
  readonly rowFlickerExcessMaxGrey: number | null;
  readonly rowJitterExcessMaxPx: number | null;
  /** Most by which both dark and bright greys may lie over or under the run's. */
  readonly greyShiftMax: number | null;
  /** How many standard deviations of the run a tile may differ, where that is more. */
  readonly deviationsMax: number;
  /** Tiles with a figure from which they are compared. */
  readonly tilesMin: number;
}

/** The limits that a figure is held against. */
export type LimitKey = Exclude<keyof ImagingLimits, 'deviationsMax' | 'tilesMin'>;

/** A tile as far as it was measured: what is missing, as old tiles lack figures, judges nothing. */
export interface MeasuredTile {
  readonly quality: { readonly [figure in keyof TileQuality]?: TileQuality[figure] | null } | null;
}

/** One figure of every tile, null where unknown. */
type Figures = readonly (number | null)[];

/** A figure of every tile, and what it may be at most. */
export interface ImagingRule {
  /** The limit's name in the configuration, below `imaging`. */
  readonly key: LimitKey;
  readonly cause: ImagingCause;
  readonly what: string;
  readonly unit: string;
  readonly figures: Figures;
  readonly limit: number;
}

/**
 * The rule of a run, with the limits that its tiles give.
 *
 * White pixels are judged as they are. Black ones are, too, unless most tiles of the run have more than the limit: then
 * the ground is black, which harms no particle, and a tile may have half of what its run leaves. All else has no scale of its own (a blur of 4 px is sharp at a high
 * magnification), so a tile is compared with its run: it may lie over the median by a difference that does not matter,
 * or by `deviationsMax` robust standard deviations, 1.4826 MAD (Rousseeuw & Croux 1993,
 * doi:10.1080/01621459.1993.10476408), so that neither chance nor a slow trend over the grid fails a tile. The whole
 * run and not the eight neighbours: flaws strike several tiles in a row, and the median holds until half are bad.
 */
export function imagingRules(tiles: readonly MeasuredTile[], limits: ImagingLimits): readonly ImagingRule[] {
  const of = (figure: keyof TileQuality) => tiles.map(({ quality }) => quality?.[figure] ?? null);
  const shift = greyShifts(of('greyP10'), of('greyP90'));
  const blurRatio = limits.edgeBlurRatioMax;
  const blurExcess = (median: number) => (blurRatio === null ? null : (blurRatio - 1) * median);
  const clipped = (key: LimitKey, what: string, figures: Figures, limit: number | null) =>
    limit === null ? [] : [{ key, cause: 'saturated', what, unit: '', figures, limit } as const];
  const unlike = (
    rule: Omit<ImagingRule, 'limit'>,
    excess: (median: number) => number | null = () => limits[rule.key],
  ): readonly ImagingRule[] => {
    const limit = limitOverMedian(rule.figures, excess, limits);
    return limit === null ? [] : [{ ...rule, limit }];
  };
  const blackMax = blackLimit(of('blackShare'), limits.blackShareMax);
  const [blur, flicker, jitter] = [of('edgeBlurPx'), of('rowFlickerGrey'), of('rowJitterPx')];
  const grey = ' grey levels';
  return [
    ...clipped('whiteShareMax', 'white share', of('whiteShare'), limits.whiteShareMax),
    ...clipped('blackShareMax', 'black share', of('blackShare'), blackMax),
    ...unlike(
      { key: 'edgeBlurRatioMax', cause: 'blurred', what: 'edge blur', unit: ' px', figures: blur },
      blurExcess,
    ),
    ...unlike({
      ...{ key: 'rowFlickerExcessMaxGrey', cause: 'charged', what: 'row flicker', unit: grey },
      figures: flicker,
    }),
    ...unlike({
      ...{ key: 'rowJitterExcessMaxPx', cause: 'drifted', what: 'row jitter', unit: ' px' },
      figures: jitter,
    }),
    ...unlike({
      ...{ key: 'greyShiftMax', cause: 'drifted', what: 'shift of brightness', unit: grey },
      figures: shift,
    }),
  ];
}

/** Three tiles tell a ground: a limit that is too high costs less than a sample without tiles. */
const TILES_TELLING_GROUND = 3;

function blackLimit(figures: Figures, limit: number | null): number | null {
  const known = figures.filter((figure) => figure !== null);
  const median = medianOf(known);
  if (limit === null || known.length < TILES_TELLING_GROUND || median <= limit) return limit;
  return (1 + median) / 2;
}

/** Null where nothing is to be judged, or too few tiles tell a median. */
function limitOverMedian(
  figures: Figures,
  excess: (median: number) => number | null,
  { deviationsMax, tilesMin }: ImagingLimits,
): number | null {
  const known = figures.filter((figure) => figure !== null);
  if (known.length < tilesMin) return null;
  const median = medianOf(known);
  const least = excess(median);
  if (least === null) return null;
  const deviation = 1.4826 * medianOf(known.map((figure) => Math.abs(figure - median)));
  return median + Math.max(least, deviationsMax * deviation);
}

/**
 * How far a tile's dark and bright greys lie off the run's medians, both to the same side: the smaller of the two.
 * More particles move the bright ones alone, another brightness moves both.
 */
function greyShifts(dark: Figures, bright: Figures): Figures {
  const darkMedian = medianOf(dark.filter((grey) => grey !== null));
  const brightMedian = medianOf(bright.filter((grey) => grey !== null));
  return dark.map((darkGrey, tile) => {
    const brightGrey = bright[tile] ?? null;
    if (darkGrey === null || brightGrey === null) return null;
    const darkOff = darkGrey - darkMedian;
    const brightOff = brightGrey - brightMedian;
    return darkOff * brightOff > 0 ? Math.min(Math.abs(darkOff), Math.abs(brightOff)) : 0;
  });
}

/** NaN of none. */
function medianOf(values: readonly number[]): number {
  return values.length === 0 ? Number.NaN : percentile(Float64Array.from(values).sort(), 0.5);
}

import { distanceOut, type RobustLimits, robustLimits } from '../../statistics/numeric/robust-limits.ts';
import type { DiameterKind } from '../../statistics/published-diameter.ts';
import type { ChartParticle } from './chart-particles.ts';

export const drawnShapes = ['circularity', 'aspectRatio'] as const;
export type DrawnShape = (typeof drawnShapes)[number];

export interface ShapedDot {
  /** In the table `particles`. */
  readonly number: number;
  readonly um: number;
  readonly circularity: number;
  readonly aspectRatio: number;
  readonly certain: boolean;
  /** Over 1 for an outlier: how far it lies beyond the limits, by size or by shape, whichever is farther. */
  readonly distance: Readonly<Record<DrawnShape, number>>;
}

/** Size against shape of the particles that one tile shows whole. */
export interface SizeShapeData {
  /** What their diameters are. */
  readonly diameter: DiameterKind;
  /** At least one. */
  readonly dots: readonly ShapedDot[];
  /** Particles that tiles show in pieces only. */
  readonly withoutShape: number;
  readonly limits: Readonly<Record<DrawnShape, RobustLimits>>;
  /** Of diameters, found over their logarithm. */
  readonly limitsUm: RobustLimits;
}

/**
 * An outlier is a particle whose diameter, on the logarithmic scale, or whose shape lies outside `robustLimits`; each
 * particle counts once, as those are looked for that are seen, not what they stand for. Null where none has a shape.
 */
export function sizeShapeData(
  particles: readonly ChartParticle[],
  diameter: DiameterKind = 'area',
): SizeShapeData | null {
  const shaped = particles.flatMap(({ number, diameterUm: um, certain, shape }) =>
    shape === null ? [] : [{ number, um, certain, ...shape }],
  );
  if (shaped.length === 0) return null;
  const limitsLog = robustLimits(shaped.map(({ um }) => Math.log(um)));
  const limits = {
    circularity: robustLimits(shaped.map(({ circularity }) => circularity)),
    aspectRatio: robustLimits(shaped.map(({ aspectRatio }) => aspectRatio)),
  };
  const dots = shaped.map((one): ShapedDot => {
    const bySize = distanceOut(Math.log(one.um), limitsLog);
    const by = (shape: DrawnShape): number => Math.max(bySize, distanceOut(one[shape], limits[shape]));
    return { ...one, distance: { circularity: by('circularity'), aspectRatio: by('aspectRatio') } };
  });
  const limitsUm = {
    median: Math.exp(limitsLog.median),
    low: Math.exp(limitsLog.low),
    high: Math.exp(limitsLog.high),
  };
  return { diameter, dots, withoutShape: particles.length - shaped.length, limits, limitsUm };
}

import { percentileOfCounted, percentileOfWeighted } from '../../statistics/numeric/percentile.ts';

/** A share of the whole, 0 to 1, that is smaller than a size. */
export interface CurvePoint {
  readonly um: number;
  readonly share: number;
}

/** Particles in ascending order of diameter, and what each adds to the whole: its weight, or that times its volume. */
export interface AddedSizes {
  readonly diameterUm: Float64Array;
  readonly added: Float64Array;
}

/** Shares at which a curve must pass through the printed percentile. */
const printedShares = [0.1, 0.5, 0.9];

/** No more than this many steps on either axis can be told apart at the width of a page. */
const STEPS = 500;

/**
 * Q0 from the particles' own sizes: the inverse of the percentile that is printed (`percentileOfCounted`), so that the curve
 * passes through D10, D50 and D90. The particle of rank k, from 0, of n stands at k / (n - 1); one of weight w holds w ranks
 * and makes a step of that height. Points ascend in both; at most about a thousand.
 * @param sizes at least one particle, each with its weight, at least 1.
 */
export function cumulativeByNumber({ diameterUm, added }: AddedSizes): CurvePoint[] {
  const cumulated = cumulatedOf(added);
  const last = cumulated.at(-1)! - 1;
  const points: CurvePoint[] = [];
  for (const [place, um] of diameterUm.entries()) {
    const first = Math.ceil(cumulated[place - 1] ?? 0);
    const end = Math.min(Math.ceil(cumulated[place]!) - 1, last);
    if (first > end) continue; // its weight does not reach a rank
    const shareOf = (rank: number): number => (last === 0 ? 0 : rank / last);
    points.push({ um, share: shareOf(first) }, { um, share: shareOf(end) });
  }
  points.push({ um: percentileOfCounted(diameterUm, cumulated, 1), share: 1 });
  return thinned(points, (share) => percentileOfCounted(diameterUm, cumulated, share));
}

/**
 * Q3, or another weighted distribution, as the steps that it has: at each particle it rises by that particle's part. It
 * is the inverse of `percentileOfWeighted`, so that D10, D50 and D90 lie on its risers.
 * @param sizes at least one particle, each with what it adds.
 */
export function cumulativeByAmount({ diameterUm, added }: AddedSizes): CurvePoint[] {
  const cumulated = cumulatedOf(added);
  const whole = cumulated.at(-1)!;
  const points = [...diameterUm.entries()].flatMap(([place, um]) => [
    { um, share: (cumulated[place - 1] ?? 0) / whole },
    { um, share: cumulated[place]! / whole },
  ]);
  return thinned(points, (share) => percentileOfWeighted(diameterUm, cumulated, share));
}

function cumulatedOf(added: Float64Array): Float64Array {
  let sum = 0;
  return added.map((one) => {
    sum += one;
    return sum;
  });
}

/** Leaves out what cannot be seen, never an end or a printed percentile. */
function thinned(points: readonly CurvePoint[], sizeAt: (share: number) => number): CurvePoint[] {
  const range = Math.log(points.at(-1)!.um / points[0]!.um) || 1;
  const isApart = (a: CurvePoint, b: CurvePoint): boolean =>
    Math.log(b.um / a.um) >= range / STEPS || b.share - a.share >= 1 / STEPS;
  const kept = points.slice(0, 1);
  for (const point of points) if (isApart(kept.at(-1)!, point)) kept.push(point);
  const printed = printedShares.map((share) => ({ um: sizeAt(share), share }));
  return [...kept, points.at(-1)!, ...printed].sort((a, b) => a.share - b.share || a.um - b.um);
}

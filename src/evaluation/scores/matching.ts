import type { OverlapTable } from '../label-image.ts';
import { assignRows } from './assignment.ts';

/** A particle of the truth and the predicted one matched with it. */
export interface Match {
  readonly truthId: number;
  readonly predictedId: number;
  /** Intersection over union, above 0 up to 1. */
  readonly iou: number;
  readonly intersectionPx: number;
}

/** Every pair that shares a pixel, with its intersection over union. */
export function overlappingPairs({ truthAreasPx, predictedAreasPx, overlaps }: OverlapTable): Match[] {
  return overlaps.map(({ truthId, predictedId, pixels }) => {
    const areas = (truthAreasPx.get(truthId) ?? 0) + (predictedAreasPx.get(predictedId) ?? 0);
    return { truthId, predictedId, iou: pixels / (areas - pixels), intersectionPx: pixels };
  });
}

/** Settles matchings of equal total IoU for the one with more shared pixels, so that a score is unique. */
const TIE_BREAK = 1e-9;

/**
 * The one-to-one matching of the greatest total intersection over union. Particles that touch nothing of
 * the other image stay unmatched. Solved for each connected group of overlapping particles by itself, as a
 * matching cannot gain from pairs that share no pixel.
 */
export function matchOneToOne(table: OverlapTable): Match[] {
  return connectedGroups(overlappingPairs(table)).flatMap(bestMatching);
}

function bestMatching(pairs: readonly Match[]): readonly Match[] {
  if (pairs.length === 1) return pairs;
  const truthIds = [...new Set(pairs.map(({ truthId }) => truthId))];
  const predictedIds = [...new Set(pairs.map(({ predictedId }) => predictedId))];
  const truthInRows = truthIds.length <= predictedIds.length;
  const rowOf = indexOf(truthInRows ? truthIds : predictedIds);
  const columnOf = indexOf(truthInRows ? predictedIds : truthIds);
  const columns = columnOf.size;
  const placeOf = ({ truthId, predictedId }: Match) =>
    truthInRows
      ? rowOf.get(truthId)! * columns + columnOf.get(predictedId)!
      : rowOf.get(predictedId)! * columns + columnOf.get(truthId)!;

  const largestPx = pairs.reduce((largest, { intersectionPx }) => Math.max(largest, intersectionPx), 0);
  const cost = new Float64Array(rowOf.size * columns);
  for (const pair of pairs) cost[placeOf(pair)] = -pair.iou - TIE_BREAK * (pair.intersectionPx / largestPx);
  const columnOfRow = assignRows(cost, rowOf.size, columns);
  return pairs.filter((pair) => {
    const place = placeOf(pair);
    return columnOfRow[Math.floor(place / columns)] === place % columns;
  });
}

/** Pairs that hang together by a shared particle, directly or through others. */
function connectedGroups(pairs: readonly Match[]): Match[][] {
  const pairsOfTruth = Map.groupBy(pairs, ({ truthId }) => truthId);
  const pairsOfPredicted = Map.groupBy(pairs, ({ predictedId }) => predictedId);
  const sharingAParticleWith = ({ truthId, predictedId }: Match) => [
    ...(pairsOfTruth.get(truthId) ?? []),
    ...(pairsOfPredicted.get(predictedId) ?? []),
  ];
  const waiting = new Set(pairs);
  const groups: Match[][] = [];
  for (const first of waiting) {
    waiting.delete(first);
    const group = [first];
    // The group grows while it is walked, until no waiting pair shares a particle with it.
    for (const member of group) {
      group.push(...sharingAParticleWith(member).filter((pair) => waiting.delete(pair)));
    }
    groups.push(group);
  }
  return groups;
}

function indexOf(ids: readonly number[]): Map<number, number> {
  return new Map(ids.map((id, index) => [id, index]));
}

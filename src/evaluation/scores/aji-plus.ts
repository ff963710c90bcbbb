import { type LabelImage, type OverlapTable, overlapTable } from '../label-image.ts';
import { type Match, matchOneToOne } from './matching.ts';

/**
 * AJI+, the aggregated Jaccard index with one-to-one matching (Graham et al. 2019, HoVer-Net, Medical Image
 * Analysis 58:101563): particles are matched for the greatest total IoU; the shared pixels of all matched
 * pairs are divided by their unions together with the pixels of every unmatched particle of either image.
 *
 * @returns 0 to 1; 1 for two empty images, 0 where only one is empty.
 * @throws RangeError when the images differ in size.
 */
export function ajiPlus(truth: LabelImage, predicted: LabelImage): number {
  const table = overlapTable(truth, predicted);
  return ajiPlusOf(table, matchOneToOne(table));
}

/**
 * The union of a matched pair is both areas less their intersection, and an unmatched particle adds its
 * area, so that the whole union is A(truth) + A(predicted) - I with I the shared pixels of all pairs.
 *
 * @param matches the one-to-one matching of this table.
 */
export function ajiPlusOf(table: OverlapTable, matches: readonly Match[]): number {
  const shared = sum(matches.map(({ intersectionPx }) => intersectionPx));
  const union = sum(table.truthAreasPx.values()) + sum(table.predictedAreasPx.values()) - shared;
  return union === 0 ? 1 : shared / union;
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

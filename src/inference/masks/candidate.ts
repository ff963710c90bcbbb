import type { Detections } from '../detections.ts';
import type { Thresholds } from '../model/manifest.ts';
import { type PlacedMask, placeMask, type TileFrame } from './place-mask.ts';

/** A region whose mask was cut and lies in the tile. */
export interface Candidate {
  readonly mask: PlacedMask;
  readonly objectness: number;
  /** The bins' centres weighted by their probabilities, 0 to 1. */
  readonly confidence: number;
  readonly certain: boolean;
  /** Something this size is missed sooner than mistaken: dust and texture are smaller. */
  readonly large: boolean;
}

/** Area of a disc of 40 px of the network's input. */
const LARGE_AREA_PX = (Math.PI / 4) * 40 ** 2;

type Floors = Pick<Thresholds, 'objectnessCertain' | 'objectnessUncertain' | 'objectnessUncertainLarge'>;

/** The regions over their objectness threshold with their masks, by descending objectness. */
export function candidatesOf(
  found: Detections,
  tile: TileFrame,
  thresholds: Floors & Pick<Thresholds, 'maskActivation'>,
): Candidate[] {
  const largeTilePx = LARGE_AREA_PX / (tile.scaleX * tile.scaleY);
  const order = Array.from({ length: found.count }, (_, i) => i).sort(
    (a, b) => found.scores[b]! - found.scores[a]!,
  );
  const candidates: Candidate[] = [];
  for (const index of order) {
    const region = { objectness: found.scores[index]!, certain: isCertain(found, index) };
    const [asSmall, asLarge] = [
      { ...region, large: false },
      { ...region, large: true },
    ];
    // How large it is shows once its mask is cut, which is worth it where one of the two would do.
    if (!isObjective(asSmall, thresholds) && !isObjective(asLarge, thresholds)) continue;
    const mask = placeMask(found, index, tile, thresholds.maskActivation);
    if (mask === null) continue;
    const sized = mask.areaPx >= largeTilePx ? asLarge : asSmall;
    if (!isObjective(sized, thresholds)) continue;
    candidates.push({ ...sized, mask, confidence: confidenceOf(found, index) });
  }
  return candidates;
}

/** Whether a region reaches the objectness threshold of its kind. */
export function isObjective(
  { objectness, certain, large }: Pick<Candidate, 'objectness' | 'certain' | 'large'>,
  { objectnessCertain, objectnessUncertain, objectnessUncertainLarge = objectnessUncertain }: Floors,
): boolean {
  if (certain) return objectness >= objectnessCertain;
  return objectness >= (large ? objectnessUncertainLarge : objectnessUncertain);
}

/** Pixels that two candidates share. */
export type Shared = (a: Candidate, b: Candidate) => number;

export const sharedPx: Shared = ({ mask: a }, { mask: b }) => {
  const left = Math.max(a.x, b.x);
  const right = Math.min(a.x + a.width, b.x + b.width);
  if (left >= right) return 0;
  const top = Math.max(a.y, b.y);
  const bottom = Math.min(a.y + a.height, b.y + b.height);
  let both = 0;
  for (let y = top; y < bottom; y++) {
    const rowA = (y - a.y) * a.width - a.x;
    const rowB = (y - b.y) * b.width - b.x;
    for (let x = left; x < right; x++) both += a.bits[rowA + x]! & b.bits[rowB + x]!;
  }
  return both;
};

/** Intersection over union of two candidates that share so many pixels. */
export function iou(a: Candidate, b: Candidate, both: number): number {
  return both / (a.mask.areaPx + b.mask.areaPx - both);
}

/** The share of the smaller of two candidates that lies inside the other. */
export function containment(a: Candidate, b: Candidate, both: number): number {
  return both / Math.min(a.mask.areaPx, b.mask.areaPx);
}

/** The paper's verdict: the largest of the k bins is one of the upper half. */
function isCertain(found: Detections, index: number): boolean {
  const bins = found.semScores.subarray(index * found.bins, (index + 1) * found.bins);
  let largest = 0;
  for (let k = 1; k < bins.length; k++) if (bins[k]! > bins[largest]!) largest = k;
  return largest >= found.bins / 2;
}

function confidenceOf(found: Detections, index: number): number {
  let sum = 0;
  let total = 0;
  for (let k = 0; k < found.bins; k++) {
    const p = found.semScores[index * found.bins + k]!;
    sum += (p * (k + 0.5)) / found.bins;
    total += p;
  }
  return total > 0 ? Math.min(1, sum / total) : 0;
}

import type { Mask } from '../measure/mask.ts';
import type { Detections } from './detections.ts';
import type { Thresholds } from './manifest.ts';
import { type PlacedMask, placeMask, type TileFrame } from './place-mask.ts';

/** One particle of the combined segmentation. */
export interface Segment {
  readonly mask: Mask;
  readonly objectness: number;
  /** The bins' centres weighted by their probabilities, 0 to 1; once calibrated, the chance to be right. */
  readonly confidence: number;
  readonly certain: boolean;
}

/**
 * The paper's "Combination of masks": split into certain and uncertain by the largest confidence bin
 * (at least k/2, counted from 0), drop those under their objectness threshold, go through the rest by
 * descending objectness and drop each that repeats a better one of its kind (mask IoU over `overlap`),
 * then drop uncertain masks that lie on certain ones (mask IoU over `crossOverlap`).
 *
 * Masks are cut at `maskActivation` first, since an IoU needs them so. Masks smaller than
 * `smallestAreaPx` (network pixels) are dust. Result by descending objectness.
 */
export function combineMasks(
  found: Detections,
  tile: TileFrame,
  thresholds: Thresholds,
): (Segment & Pick<Candidate, 'mask'>)[] {
  return keptCandidates(candidatesOf(found, tile, thresholds), tile, thresholds).map(
    ({ mask, index, objectness, certain }) => ({
      mask,
      objectness,
      confidence: confidenceOf(found, index),
      certain,
    }),
  );
}

/** A region whose mask was cut and lies in the tile. */
export interface Candidate {
  readonly mask: PlacedMask;
  /** Its place in the detections. */
  readonly index: number;
  readonly objectness: number;
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
    const region = { index, objectness: found.scores[index]!, certain: isCertain(found, index) };
    const [asSmall, asLarge] = [
      { ...region, large: false },
      { ...region, large: true },
    ];
    // How large it is shows once its mask is cut, which is worth it where one of the two would do.
    if (!isObjective(asSmall, thresholds) && !isObjective(asLarge, thresholds)) continue;
    const mask = placeMask(found, index, tile, thresholds.maskActivation);
    if (mask === null) continue;
    const sized = mask.areaPx >= largeTilePx ? asLarge : asSmall;
    if (isObjective(sized, thresholds)) candidates.push({ ...sized, mask });
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

/**
 * The candidates that neither are dust nor repeat others, in their order.
 * @param iouOf of two candidates; whoever asks time and again may remember it.
 */
export function keptCandidates(
  candidates: readonly Candidate[],
  tile: TileFrame,
  { smallestAreaPx, overlap, crossOverlap }: Pick<Thresholds, 'smallestAreaPx' | 'overlap' | 'crossOverlap'>,
  iouOf: (a: Candidate, b: Candidate) => number = candidateIou,
): Candidate[] {
  const smallestTilePx = smallestAreaPx / (tile.scaleX * tile.scaleY);
  const kept: Candidate[] = [];
  for (const candidate of candidates) {
    if (candidate.mask.areaPx < smallestTilePx) continue;
    const repeats = (other: Candidate) =>
      other.certain === candidate.certain && iouOf(other, candidate) > overlap;
    if (!kept.some(repeats)) kept.push(candidate);
  }
  const certain = kept.filter((candidate) => candidate.certain);
  return kept.filter((c) => c.certain || !certain.some((other) => iouOf(other, c) > crossOverlap));
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

/** Intersection over union of two masks' pixels. */
export function candidateIou(a: Candidate, b: Candidate): number {
  const left = Math.max(a.mask.x, b.mask.x);
  const right = Math.min(a.mask.x + a.mask.width, b.mask.x + b.mask.width);
  const top = Math.max(a.mask.y, b.mask.y);
  const bottom = Math.min(a.mask.y + a.mask.height, b.mask.y + b.mask.height);
  let both = 0;
  for (let y = top; y < bottom; y++) {
    const rowA = (y - a.mask.y) * a.mask.width - a.mask.x;
    const rowB = (y - b.mask.y) * b.mask.width - b.mask.x;
    for (let x = left; x < right; x++) both += a.mask.bits[rowA + x]! & b.mask.bits[rowB + x]!;
  }
  return both / (a.mask.areaPx + b.mask.areaPx - both);
}

import type { Detections } from '../detections.ts';
import { judgeBy } from '../looks/judge.ts';
import type { Thresholds } from '../model/manifest.ts';
import { type Candidate, containment, iou, type Shared, sharedPx } from './candidate.ts';
import type { TileFrame } from './place-mask.ts';

/**
 * The paper's "Combination of masks": split into certain and uncertain by the largest confidence bin
 * (at least k/2, counted from 0), drop those under their objectness threshold, go through the rest by
 * descending objectness and drop each that repeats a better one of its kind (mask IoU over `overlap`),
 * then drop uncertain masks that lie on certain ones (mask IoU over `crossOverlap`).
 *
 * Beyond the paper, whose IoU of a small mask inside a large one is always small: what lies inside a larger
 * mask yields to it unless it is about as objective (`containment`, `containedObjectness`).
 *
 * Masks are cut at `maskActivation` first, since an IoU needs them so. Masks smaller than
 * `smallestAreaPx` (network pixels) are dust. Result by descending objectness.
 */
export function combineMasks(
  found: Detections,
  frame: TileFrame,
  thresholds: Thresholds,
  judge = judgeBy(thresholds),
): Candidate[] {
  const smallestTilePx = thresholds.smallestAreaPx / (frame.scaleX * frame.scaleY);
  return keptCandidates(judge.candidatesIn({ found, frame }), smallestTilePx, thresholds, judge.shared);
}

export type Rules = Pick<
  Thresholds,
  'overlap' | 'crossOverlap' | 'containment' | 'containedObjectness' | 'containedObjectnessUncertain'
>;

/**
 * The candidates that neither are dust nor repeat others nor are a part of one, in their order.
 * @param candidates by descending objectness
 * @param smallestTilePx area in pixels of the tile below which a candidate is dust
 * @param shared whoever asks time and again may remember it
 */
export function keptCandidates(
  candidates: readonly Candidate[],
  smallestTilePx: number,
  rules: Rules,
  shared: Shared = sharedPx,
): Candidate[] {
  const kept: Candidate[] = [];
  for (const candidate of candidates) {
    if (candidate.mask.areaPx < smallestTilePx) continue;
    const repeats = (other: Candidate) =>
      other.certain === candidate.certain && iou(other, candidate, shared(other, candidate)) > rules.overlap;
    if (!kept.some(repeats)) kept.push(candidate);
  }
  const certain = kept.filter((candidate) => candidate.certain);
  const lies = (c: Candidate) => (other: Candidate) => iou(other, c, shared(other, c)) > rules.crossOverlap;
  return withoutParts(
    kept.filter((c) => c.certain || !certain.some(lies(c))),
    rules,
    shared,
  );
}

/**
 * Without those that lie in a larger one and are less objective than a grain on a rock would be: pieces of a
 * texture, drawn beside the particle whose texture it is.
 */
function withoutParts(candidates: readonly Candidate[], rules: Rules, shared: Shared): Candidate[] {
  const { containment: inside, containedObjectness = 0, containedObjectnessUncertain = 0 } = rules;
  if (inside === undefined) return [...candidates];
  return candidates.filter((part) => {
    const asked = part.certain ? containedObjectness : containedObjectnessUncertain;
    return !candidates.some(
      (whole) =>
        whole.mask.areaPx > part.mask.areaPx &&
        part.objectness < asked * whole.objectness &&
        containment(part, whole, shared(part, whole)) > inside,
    );
  });
}

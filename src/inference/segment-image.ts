import { mainComponent } from '../measure/components.ts';
import type { GreyImage } from '../watcher/image/grey-image.ts';
import { calibratedConfidence } from './calibrated-confidence.ts';
import type { NetworkLimit } from './detections.ts';
import { combineLooks } from './looks/combine-looks.ts';
import { judgeBy } from './looks/judge.ts';
import { limitsReached, looksIn, type TileLook } from './looks/look.ts';
import { takeLooks } from './looks/take-looks.ts';
import { snapEdge } from './masks/snap-edge.ts';
import type { Manifest } from './model/manifest.ts';
import type { Model } from './model/model-folder.ts';
import type { Network } from './network.ts';
import type { Polarity } from './network-input.ts';
import type { Segment } from './segment.ts';
import { stopwatch } from './stopwatch.ts';

export interface SegmentedImage {
  readonly segments: Segment[];
  /** Limits of the network at which something was, or may have been, left out for good. */
  readonly limitsReached: readonly NetworkLimit[];
  /** How many times the network was asked: of the whole, and of parts of it. */
  readonly looks: number;
  readonly durationsMs: { readonly network: number; readonly combine: number };
}

/** The part of the walk from pixels to combined masks. */
export async function segmentImage(
  image: GreyImage,
  { manifest }: Pick<Model, 'manifest'>,
  network: Pick<Network, 'run'>,
  polarity: Polarity,
): Promise<SegmentedImage> {
  const lap = stopwatch();
  const judge = judgeBy(manifest.thresholds);
  const look = await takeLooks(image, manifest, network, polarity, judge);
  const networkMs = lap();
  const segments = segmentsOf(look, image, manifest, judge);
  return {
    segments,
    limitsReached: limitsReached(look),
    looks: looksIn(look),
    durationsMs: { network: networkMs, combine: lap() },
  };
}

/**
 * What a network said of an image as particles: combined, each with its outline snapped to the image and without
 * its stray islands, its confidence calibrated.
 */
export function segmentsOf(
  look: TileLook,
  image: GreyImage,
  { thresholds, calibration }: Pick<Manifest, 'thresholds' | 'calibration'>,
  judge = judgeBy(thresholds),
): Segment[] {
  return combineLooks(look, thresholds, judge).map((candidate) => ({
    mask: mainComponent(snapEdge(candidate.mask, image)),
    objectness: candidate.objectness,
    confidence: calibration ? calibratedConfidence(candidate, calibration) : candidate.confidence,
    certain: candidate.certain,
  }));
}

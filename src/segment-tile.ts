import { calibratedConfidence } from './inference/calibrated-confidence.ts';
import { combineLooks } from './inference/combine-looks.ts';
import type { NetworkLimit } from './inference/detections.ts';
import { judgeBy } from './inference/judge.ts';
import { type Look, limitsReached, looksIn } from './inference/look.ts';
import type { Arithmetic, Manifest } from './inference/manifest.ts';
import type { Model } from './inference/model-folder.ts';
import type { Network } from './inference/network.ts';
import type { Polarity } from './inference/network-input.ts';
import type { Segment } from './inference/segment.ts';
import { snapEdge } from './inference/snap-edge.ts';
import { takeLooks } from './inference/take-looks.ts';
import type { SegmentTask, TileResult } from './inference/tile-result.ts';
import { mainComponent } from './measure/components.ts';
import { imageQuality } from './measure/image-quality.ts';
import { measureParticle } from './measure/measure-particle.ts';
import type { GreyImage } from './watcher/grey-image.ts';
import { readPixels } from './watcher/pixels.ts';

export interface SegmentedTile {
  readonly result: TileResult;
  readonly image: GreyImage;
  readonly segments: readonly Segment[];
}

/**
 * A tile's walk inside a segmenter: pixels, network, combined masks, measured particles.
 * @throws UnusableFileError when the pixels cannot be used.
 */
export async function segmentTile(
  task: SegmentTask,
  model: Model,
  network: Network & { readonly arithmetic: Arithmetic },
  polarity: Polarity,
): Promise<SegmentedTile> {
  const lap = stopwatch();
  const image = await readPixels(task.path, task.databarHeightPx);
  const read = lap();
  const manifest = { ...model.manifest, thresholds: task.thresholds };
  const { segments, limitsReached, looks, durationsMs } = await segmentImage(
    image,
    { manifest },
    network,
    polarity,
  );
  const { widthPx, heightPx } = image;
  const tile = {
    widthPx,
    heightPx,
    pixelSizeUm: task.pixelSizeNm / 1000,
    centreStageUm: task.stagePositionUm,
  };
  lap();
  const particles = segments.map((segment) => measureParticle(segment.mask, tile, segment));
  const quality = imageQuality(image);
  const result: TileResult = {
    particles,
    quality,
    model: {
      name: model.manifest.name,
      sha256: model.manifest.sha256,
      arithmetic: network.arithmetic,
    },
    limitsReached,
    looks,
    durationsMs: { read, ...durationsMs, measure: lap() },
  };
  return { result, image, segments };
}

export interface SegmentedImage {
  readonly segments: Segment[];
  /** Limits of the network at which something was, or may have been, left out for good. */
  readonly limitsReached: readonly NetworkLimit[];
  /** How many times the network was asked: of the whole, and of parts of it. */
  readonly looks: number;
  readonly durationsMs: Pick<TileResult['durationsMs'], 'network' | 'combine'>;
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
  look: Look,
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

/** Milliseconds since the last call. */
function stopwatch(): () => number {
  let last = performance.now();
  return () => {
    const now = performance.now();
    const elapsed = Math.round((now - last) * 10) / 10;
    last = now;
    return elapsed;
  };
}

import { calibratedConfidence } from './inference/calibrated-confidence.ts';
import { combineMasks, type Segment } from './inference/combine-masks.ts';
import type { Detections } from './inference/detections.ts';
import type { Arithmetic, Manifest } from './inference/manifest.ts';
import type { Model } from './inference/model-folder.ts';
import type { Network } from './inference/network.ts';
import { type NetworkInput, networkInput, type Polarity } from './inference/network-input.ts';
import type { TileFrame } from './inference/place-mask.ts';
import { snapEdge } from './inference/snap-edge.ts';
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
  const { segments, durationsMs } = await segmentImage(image, { manifest }, network, polarity);
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
    durationsMs: { read, ...durationsMs, measure: lap() },
  };
  return { result, image, segments };
}

/** The part of the walk from pixels to combined masks. */
export async function segmentImage(
  image: GreyImage,
  model: Pick<Model, 'manifest'>,
  network: Pick<Network, 'run'>,
  polarity: Polarity,
): Promise<{
  readonly segments: Segment[];
  readonly durationsMs: Pick<TileResult['durationsMs'], 'prepare' | 'network' | 'combine'>;
}> {
  const lap = stopwatch();
  const input = networkInput(image, model.manifest.input, polarity);
  const prepare = lap();
  const found = await network.run(input);
  const networkMs = lap();
  const segments = segmentsOf(found, image, frameOf(image, input), model.manifest);
  return { segments, durationsMs: { prepare, network: networkMs, combine: lap() } };
}

/** Where the pixels of a network's input lie in its image. */
export function frameOf({ widthPx, heightPx }: GreyImage, { scaleX, scaleY }: NetworkInput): TileFrame {
  return { widthPx, heightPx, scaleX, scaleY };
}

/**
 * A network's detections as particles: combined, each with its outline snapped to the image and without
 * its stray islands, its confidence calibrated.
 */
export function segmentsOf(
  found: Detections,
  image: GreyImage,
  frame: TileFrame,
  { thresholds, calibration }: Pick<Manifest, 'thresholds' | 'calibration'>,
): Segment[] {
  return combineMasks(found, frame, thresholds).map((segment) => ({
    ...segment,
    mask: mainComponent(snapEdge(segment.mask, image)),
    confidence: calibration ? calibratedConfidence(segment, calibration) : segment.confidence,
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

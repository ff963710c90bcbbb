import type { Arithmetic } from '../inference/model/manifest.ts';
import type { Model } from '../inference/model/model-folder.ts';
import type { Network } from '../inference/network.ts';
import type { Polarity } from '../inference/network-input.ts';
import type { Segment } from '../inference/segment.ts';
import { segmentImage } from '../inference/segment-image.ts';
import { stopwatch } from '../inference/stopwatch.ts';
import { imageQuality } from '../measure/image-quality.ts';
import { measureParticle } from '../measure/measure-particle.ts';
import type { GreyImage } from '../watcher/image/grey-image.ts';
import { readPixels } from '../watcher/image/pixels.ts';
import type { SegmentTask, TileResult } from './port.ts';

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

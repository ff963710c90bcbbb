import { combineMasks, type Segment } from './inference/combine-masks.ts';
import type { Model } from './inference/model-folder.ts';
import type { Network } from './inference/network.ts';
import { networkInput, type Polarity } from './inference/network-input.ts';
import type { SegmentTask, TileQuality, TileResult } from './inference/tile-result.ts';
import { mainComponent } from './measure/components.ts';
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
  network: Network,
  polarity: Polarity,
): Promise<SegmentedTile> {
  const lap = stopwatch();
  const image = await readPixels(task.path, task.databarHeightPx);
  const read = lap();
  const input = networkInput(image, model.manifest.input, polarity);
  const prepare = lap();
  const found = await network.run(input);
  const networkMs = lap();
  const { widthPx, heightPx } = image;
  const frame = { widthPx, heightPx, scaleX: input.scaleX, scaleY: input.scaleY };
  const segments = combineMasks(found, frame, model.manifest.thresholds).map((segment) => ({
    ...segment,
    mask: mainComponent(segment.mask),
  }));
  const combine = lap();
  const tile = {
    widthPx,
    heightPx,
    pixelSizeUm: task.pixelSizeNm / 1000,
    centreStageUm: task.stagePositionUm,
  };
  const particles = segments.map((segment) => measureParticle(segment.mask, tile, segment));
  const quality = qualityOf(image);
  const result: TileResult = {
    particles,
    quality,
    model: { name: model.manifest.name, sha256: model.manifest.sha256 },
    durationsMs: { read, prepare, network: networkMs, combine, measure: lap() },
  };
  return { result, image, segments };
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

function qualityOf({ pixels }: GreyImage): TileQuality {
  const counts = new Float64Array(256);
  for (let i = 0; i < pixels.length; i++) counts[pixels[i]!]!++;
  let sum = 0;
  let squares = 0;
  for (let grey = 0; grey < 256; grey++) {
    sum += grey * counts[grey]!;
    squares += grey * grey * counts[grey]!;
  }
  const greyMean = sum / pixels.length;
  return {
    greyMean,
    greyStandardDeviation: Math.sqrt(Math.max(0, squares / pixels.length - greyMean ** 2)),
    saturatedShare: (counts[0]! + counts[255]!) / pixels.length,
  };
}

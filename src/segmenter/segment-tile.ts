import { hash } from 'node:crypto';
import { UnusableFileError } from '../errors.ts';
import type { Arithmetic } from '../inference/model/manifest.ts';
import type { Model } from '../inference/model/model-folder.ts';
import type { Network } from '../inference/network.ts';
import type { Polarity } from '../inference/network-input.ts';
import type { Segment } from '../inference/segment.ts';
import { segmentImage } from '../inference/segment-image.ts';
import { stopwatch } from '../inference/stopwatch.ts';
import { imageQuality } from '../measure/image-quality.ts';
import { measureParticle } from '../measure/measure-particle.ts';
import { outlineOf } from '../measure/outline.ts';
import type { GreyImage } from '../watcher/image/grey-image.ts';
import { decodePixels, readWhole } from '../watcher/image/pixels.ts';
import type { SegmentTask, TileResult } from './port.ts';

export interface SegmentedTile {
  readonly result: TileResult;
  readonly image: GreyImage;
  readonly segments: readonly Segment[];
}

/**
 * A tile's walk inside a segmenter: pixels, network, combined masks, measured particles.
 * @param onRead called once the file is read and what follows is the tile's own affair
 * @throws UnusableFileError when the pixels cannot be used; `unreadable` (may recover) when the file cannot be read
 * now, or holds anything but what was admitted
 */
export async function segmentTile(
  task: SegmentTask,
  model: Model,
  network: Network & { readonly arithmetic: Arithmetic },
  polarity: Polarity,
  onRead: () => void = () => {},
): Promise<SegmentedTile> {
  const lap = stopwatch();
  const bytes = await readAdmitted(task);
  onRead();
  const image = await decodePixels(task.path, bytes, task.databarHeightPx);
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
    scanRotationRad: task.scanRotationRad ?? 0,
  };
  lap();
  const particles = segments.map((segment) => measureParticle(segment.mask, tile, segment));
  const outlines = segments.map(({ mask }) => outlineOf(mask, tile));
  const quality = imageQuality(image);
  const result: TileResult = {
    particles,
    outlines,
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

/** What a share hands out in a bad moment, or a writer is just changing, must not become the tile's result. */
async function readAdmitted({ path, within, contentHash }: SegmentTask): Promise<Buffer> {
  const bytes = await readWhole(path, within);
  if (hash('sha256', bytes) === contentHash) return bytes;
  throw new UnusableFileError(path, 'unreadable', 'does not hold what it held when it was found', true);
}

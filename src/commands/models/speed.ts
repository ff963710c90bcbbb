import { availableParallelism } from 'node:os';
import type { Config } from '../../config/schema.ts';
import type { Arithmetic, Manifest, Speed } from '../../inference/model/manifest.ts';
import type { Model } from '../../inference/model/model-folder.ts';
import { type Network, openNetwork } from '../../inference/network.ts';
import { thisProcessor } from '../../inference/processor.ts';
import { segmentImage } from '../../inference/segment-image.ts';
import { poolShape } from '../../segmenter/pool.ts';
import type { GreyImage } from '../../watcher/image/grey-image.ts';

/** Tiles after which the figure is steady, and the time after which a slow network gets no more of them. */
const TILES = 5;
const ENOUGH_MS = 10_000;

/** How long a model takes for a tile, from pixels to combined masks, in a segmenter as it is configured here. */
export async function speedOf(
  model: Pick<Model, 'file' | 'manifest'>,
  tile: GreyImage,
  config: Config,
  arithmetic?: Arithmetic,
): Promise<Speed> {
  const threads = config.segmenter.threadsPerProcess ?? poolShape().threadsPerProcess;
  const network = await openNetwork(model, threads, arithmetic);
  try {
    return await measured(network, model.manifest, tile, threads);
  } finally {
    await network.close();
  }
}

async function measured(
  network: Network,
  manifest: Manifest,
  tile: GreyImage,
  threads: number,
): Promise<Speed> {
  const takenMs: number[] = [];
  const start = performance.now();
  // The first tile of a size is slow, since memory is laid out for it.
  await segmentImage(tile, { manifest }, network, 'bright');
  while (takenMs.length < TILES && (takenMs.length === 0 || performance.now() - start < ENOUGH_MS)) {
    const before = performance.now();
    await segmentImage(tile, { manifest }, network, 'bright');
    takenMs.push(performance.now() - before);
  }
  const { model, features } = thisProcessor();
  const median = takenMs.toSorted((a, b) => a - b)[Math.floor(takenMs.length / 2)]!;
  return {
    tileMs: Math.max(1, Math.round(median)),
    threads,
    machine: `${model}, ${availableParallelism()} cores`,
    ...(features.length > 0 ? { processorFeatures: [...features] } : {}),
    command: 'particled models --measure',
  };
}

import { availableParallelism } from 'node:os';
import { Presets, SingleBar } from 'cli-progress';
import { moduleUrl } from '../module-url.ts';
import { makeDatasetFolders } from '../simulator/dataset/labelled-image.ts';
import type { SampleTask } from '../simulator/dataset/make-sample.ts';
import type { StyleName } from '../simulator/style/draw-scene.ts';
import { startThreadPool } from '../simulator/thread-pool.ts';

export interface SimulateDatasetOptions {
  readonly out: string;
  readonly count: number;
  readonly size: number;
  readonly style: StyleName;
  readonly seed: number;
}

export { styleNames as datasetStyles } from '../simulator/style/draw-scene.ts';

/** Writes labelled training images with the truth of each particle, on all cores. */
export async function simulateDataset(options: SimulateDatasetOptions): Promise<void> {
  const { out, count, size, style, seed } = options;
  await makeDatasetFolders(out);
  const bar = new SingleBar(
    { format: '{bar} {value}/{total} images, {eta_formatted} left', stream: process.stderr },
    Presets.shades_classic,
  );
  if (process.stderr.isTTY) bar.start(count, 0);
  const pool = startThreadPool<SampleTask, number>(
    moduleUrl('../simulator/dataset/sample-worker', import.meta.url),
    out,
    Math.min(count, availableParallelism()),
  );
  try {
    const tasks = Array.from({ length: count }, (_, index) => ({ style, seed, index, sizePx: size }));
    const counts = await Promise.all(
      tasks.map(async (task) => {
        const count = await pool.run(task);
        bar.increment();
        return count;
      }),
    );
    const particles = counts.reduce((sum, particlesHere) => sum + particlesHere, 0);
    bar.stop();
    console.log(`${count} images of ${size} x ${size} px with ${particles} particles in ${out}`);
  } finally {
    await pool.close();
    bar.stop();
  }
}

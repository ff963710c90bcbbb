import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { median } from '../figures.ts';
import { type Trial, tryQueue } from './real-queue.ts';
import type { QueueCosts } from './site.ts';

/** What --measure wrote. */
export interface MeasuredCosts extends Required<QueueCosts> {
  readonly command: string;
  readonly processor: string;
}

export function measuredCosts(): MeasuredCosts {
  return JSON.parse(readFileSync(new URL('costs.json', import.meta.url), 'utf8'));
}

const WINDOWS = [8, 64] as const;
const SMALL = [64, 32] as const;
const LARGE = [1920, 1200] as const;
/** Their result is as long as what comes back of a tile with 32 particles, its outlines as an overlay among it. */
export const DISCS = 90;

const plain: Trial = {
  ...{ daemons: 1, tilesEach: 200, tilesPerS: Number.POSITIVE_INFINITY, window: 1, workers: [1] },
  ...{ serviceMs: [1], sizePx: SMALL, discs: 0 },
};

/** One thing is changed at a time: size of tile and result, jobs that wait. */
export async function measureCosts(): Promise<MeasuredCosts> {
  const base = await tryQueue(plain);
  const large = await tryQueue({ ...plain, tilesEach: 60, sizePx: LARGE, discs: DISCS });
  const full = { ...plain, tilesEach: 300, workers: [4] };
  const [few, many] = [
    await tryQueue({ ...full, window: WINDOWS[0] }),
    await tryQueue({ ...full, window: WINDOWS[1] }),
  ];
  const largeBytes = large.bytesIn + large.bytesOut - base.bytesIn - base.bytesOut;
  return {
    command: 'node bench/queue-simulation.ts --measure FILE',
    processor: cpus()[0]!.model.trim(),
    redisTileS: base.redisS,
    redisByteS: (large.redisS - base.redisS) / largeBytes,
    // At every end all that wait move up.
    redisRankS: Math.max(0, many.redisS - few.redisS) / (WINDOWS[1] - WINDOWS[0]),
    aroundS: median(large.eachS) - large.redisS - 0.001,
    answerBytes: Math.round(large.bytesOut - LARGE[0] * LARGE[1]),
  };
}

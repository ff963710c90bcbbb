import { percentile } from '../../src/statistics/numeric/percentile.ts';
import { even } from './arrivals.ts';
import { DISCS, measuredCosts } from './costs.ts';
import { drawnServiceMs } from './drawn-service.ts';
import { simulate } from './model.ts';
import { AHEAD, type Trial, type Tried, tryQueue } from './real-queue.ts';
import { measuredServiceTimes } from './service-times.ts';
import type { Site } from './site.ts';

const LOAD = 0.75;
const SECONDS = 25;
const DAEMONS = 2;
const WINDOW = 8;
/** Long after the last. */
const UNTIL_S = 600;
const SIZE_PX = [1920, 1200] as const;
/** Of a network of this computer with itself: the processor is what it takes, which the costs hold. */
const LOOPBACK = 2e9;

const TRIALS: readonly Pick<Trial, 'workers' | 'listeners'>[] = [
  { workers: [1] },
  { workers: [2] },
  { workers: [2, 2] },
  { workers: [2, 2], listeners: 20 },
];

/** What is compared. */
interface Seen {
  readonly tilesPerS: number;
  /** Ascending. */
  readonly tookS: readonly number[];
  readonly redisS: number;
  readonly bytes: number;
  readonly memoryMost: number;
}

/** The real queue with sleeping processes, and the same in simulation: the same tiles, the same times. */
export async function check(): Promise<void> {
  const serviceMs = measuredServiceTimes().groupsMs.virtual;
  const meanS = serviceMs.reduce((sum, ms) => sum + ms, 0) / serviceMs.length / 1000;
  console.log(
    `${DAEMONS} daemons, ${LOAD} of what the workers can; measured, then simulated\n\n` +
      '| processes | other daemons | tiles/s | p50 | p99 | Redis thread a tile | bytes a tile | memory at most |\n| --- | --- | --- | --- | --- | --- | --- | --- |',
  );
  for (const { workers, listeners = 0 } of TRIALS) {
    const processes = workers.reduce((sum, each) => sum + each, 0);
    const tilesPerS = (LOAD * processes) / meanS / DAEMONS;
    const trial: Trial = {
      ...{ daemons: DAEMONS, tilesEach: Math.round(tilesPerS * SECONDS), tilesPerS, window: WINDOW },
      ...{ workers, listeners, serviceMs, sizePx: SIZE_PX, discs: DISCS },
    };
    const tried = await tryQueue(trial);
    const measured: Seen = {
      ...{ tilesPerS: tried.tilesPerS, redisS: tried.redisS, bytes: tried.bytesIn + tried.bytesOut },
      memoryMost: tried.memoryMost,
      tookS: tried.tookS.flat().toSorted((a, b) => a - b),
    };
    const both = [measured, simulated(trial, tried)];
    const cells = [
      (seen: Seen) => seen.tilesPerS.toFixed(2),
      (seen: Seen) => `${percentile(seen.tookS, 0.5).toFixed(2)} s`,
      (seen: Seen) => `${percentile(seen.tookS, 0.99).toFixed(2)} s`,
      (seen: Seen) => `${(1000 * seen.redisS).toFixed(1)} ms`,
      (seen: Seen) => `${(seen.bytes / 1e6).toFixed(2)} MB`,
      (seen: Seen) => `${(seen.memoryMost / 1e6).toFixed(0)} MB`,
    ].map((told) => both.map(told).join(', '));
    console.log(`| ${[processes, listeners, ...cells].join(' | ')} |`);
  }
}

function simulated(trial: Trial, { contentHashes }: Tried): Seen {
  const listening = Array.from({ length: trial.listeners ?? 0 }, (): string[] => []);
  const site: Site = {
    microscopes: [...contentHashes, ...listening].map((hashes) => ({
      arrivalsS: even(0, hashes.length, trial.tilesPerS),
      serviceS: (tile) => drawnServiceMs(trial.serviceMs, hashes[tile]!) / 1000,
      ...{ tileBytes: SIZE_PX[0] * SIZE_PX[1], window: trial.window },
    })),
    ...{ workers: trial.workers, aheadPerComputer: AHEAD, costs: measuredCosts() },
    links: { redis: LOOPBACK, microscope: LOOPBACK, worker: LOOPBACK },
  };
  const { served, lastAnswerS, redisBusy, bytesPerS, redisBytes } = simulate(site, UNTIL_S);
  const tookS = served.flatMap(({ answeredS }) => answeredS).toSorted((a, b) => a - b);
  return {
    ...{ tookS, tilesPerS: tookS.length / lastAnswerS },
    redisS: (redisBusy * UNTIL_S) / tookS.length,
    memoryMost: redisBytes.most,
    bytes: ((bytesPerS.in + bytesPerS.out) * UNTIL_S) / tookS.length,
  };
}

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
const SIZE_PX = [1920, 1200] as const;
/** Of a network of this computer with itself: the processor is what it takes, which the costs hold. */
const LOOPBACK = 2e9;

/** The real queue with 1, 2 and 4 sleeping processes, and the same in simulation: the same tiles, the same times. */
export async function check(): Promise<void> {
  const serviceMs = measuredServiceTimes().groupsMs.virtual;
  const meanS = serviceMs.reduce((sum, ms) => sum + ms, 0) / serviceMs.length / 1000;
  console.log('                      measured                    simulated');
  console.log('processes    tiles/s    p50 s    p99 s      tiles/s    p50 s    p99 s   ratio of p50');
  for (const workers of [[1], [2], [2, 2]]) {
    const processes = workers.reduce((sum, each) => sum + each, 0);
    const tilesPerS = (LOAD * processes) / meanS / DAEMONS;
    const trial: Trial = {
      ...{ daemons: DAEMONS, tilesEach: Math.round(tilesPerS * SECONDS), tilesPerS, window: WINDOW },
      ...{ workers, serviceMs, sizePx: SIZE_PX, discs: DISCS },
    };
    const tried = await tryQueue(trial);
    const measured = tried.tookS.flat().toSorted((a, b) => a - b);
    const { served, rate } = simulated(trial, tried);
    const both = [
      [tried.tilesPerS, percentile(measured, 0.5), percentile(measured, 0.99)],
      [rate, percentile(served, 0.5), percentile(served, 0.99)],
    ] as const;
    const text = both.map((row) => row.map((figure) => figure.toFixed(2).padStart(9)).join('')).join('   ');
    const ratio = both[1][1] / both[0][1];
    console.log(`${String(processes).padStart(9)}  ${text}   ${ratio.toFixed(2).padStart(9)}`);
  }
}

function simulated(trial: Trial, { contentHashes }: Tried): { served: number[]; rate: number } {
  const site: Site = {
    microscopes: contentHashes.map((hashes) => ({
      arrivalsS: even(0, trial.tilesEach, trial.tilesPerS),
      serviceS: (tile) => drawnServiceMs(trial.serviceMs, hashes[tile]!) / 1000,
      ...{ tileBytes: SIZE_PX[0] * SIZE_PX[1], window: trial.window },
    })),
    ...{ workers: trial.workers, aheadPerComputer: AHEAD, costs: measuredCosts() },
    links: { redis: LOOPBACK, microscope: LOOPBACK, worker: LOOPBACK },
  };
  const { served, lastAnswerS } = simulate(site, 3600);
  const all = served.flatMap(({ answeredS }) => answeredS).toSorted((a, b) => a - b);
  return { served: all, rate: all.length / lastAnswerS };
}

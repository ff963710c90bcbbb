import { createRandom, type Random } from '../../src/simulator/random.ts';
import { SAMPLE_TILES, scanning } from './arrivals.ts';
import { measuredServiceTimes } from './service-times.ts';
import type { Microscope, QueueCosts, Site } from './site.ts';

/** 1920 x 1200 grey values and the microscope's metadata. */
export const TILE_BYTES = 2_310_000;
/** The default of segmenter.queue.window. */
const WINDOW = 8;
/** Of a network of 1 Gbit/s, in bytes: what Ethernet and TCP leave of 125 MB. */
export const GIGABIT = 118e6;
const PROCESSES_A_COMPUTER = 4;
/** Which powders come how often; a sample is of one kind. A guess: most powder is spread as thin as the paper's. */
const SHARES = { virtual: 0.6, phenom: 0.3, piles: 0.1 } as const;

export interface Scenario {
  readonly microscopes: number;
  readonly workers: number;
  readonly costs: QueueCosts;
  /** Tiles that a computer holds ready beside those in its processes' hands; src/queue/worker.ts takes one. */
  readonly ahead: number;
  /** The files lie where workers see them, and only their names go through Redis. */
  readonly isShared?: boolean;
  /** Archive tiles that wait from the beginning. */
  readonly archiveTiles?: number;
  /** Of Redis's computer; a gigabit where left out. */
  readonly redisBytesPerS?: number;
  /** Other arrivals than scanning, by the microscope's number. */
  readonly arrivals?: (index: number, random: Random) => Iterable<number> | null;
}

/** How long tiles of a microscope are in hand: real tiles' times, of one kind of powder for a whole sample. */
function serviceTimes(random: Random): (tile: number) => number {
  const { groupsMs } = measuredServiceTimes();
  let kind: keyof typeof SHARES = 'virtual';
  return (tile) => {
    if (tile % SAMPLE_TILES === 0) kind = drawnKind(random.uniform());
    return groupsMs[kind][random.integer(0, groupsMs[kind].length - 1)]! / 1000;
  };
}

function drawnKind(drawn: number): keyof typeof SHARES {
  if (drawn < SHARES.virtual) return 'virtual';
  return drawn < SHARES.virtual + SHARES.phenom ? 'phenom' : 'piles';
}

export function meanServiceS(): number {
  const { groupsMs } = measuredServiceTimes();
  const kinds = Object.entries(SHARES) as [keyof typeof SHARES, number][];
  return kinds.reduce((sum, [kind, share]) => {
    const times = groupsMs[kind];
    return sum + (share * times.reduce((total, ms) => total + ms, 0)) / times.length / 1000;
  }, 0);
}

export function siteOf(scenario: Scenario, seed: number): Site {
  const random = createRandom(seed);
  const tileBytes = scenario.isShared ? 0 : TILE_BYTES;
  const microscopes = Array.from({ length: scenario.microscopes }, (_, index): Microscope => {
    const own = random.fork(index);
    const arrivalsS = scenario.arrivals?.(index, own) ?? scanning(own.fork('arrivals'));
    return { arrivalsS, serviceS: serviceTimes(own.fork('service')), tileBytes, window: WINDOW };
  });
  if (scenario.archiveTiles)
    microscopes.push({
      arrivalsS: Array.from({ length: scenario.archiveTiles }, () => 0),
      serviceS: serviceTimes(random.fork('archive')),
      ...{ tileBytes, window: 64, isArchive: true },
    });
  return {
    microscopes,
    workers: Array.from({ length: Math.ceil(scenario.workers / PROCESSES_A_COMPUTER) }, (_, index) =>
      Math.min(PROCESSES_A_COMPUTER, scenario.workers - index * PROCESSES_A_COMPUTER),
    ),
    aheadPerComputer: scenario.ahead,
    costs: scenario.costs,
    links: { redis: scenario.redisBytesPerS ?? GIGABIT, microscope: GIGABIT, worker: GIGABIT },
  };
}

import { describe, expect, it } from 'vitest';
import { even, independent } from '../../../bench/queue-simulation/arrivals.ts';
import { simulate } from '../../../bench/queue-simulation/model.ts';
import type { Microscope, Outcome, Site } from '../../../bench/queue-simulation/site.ts';
import { createRandom, type Random } from '../../../src/simulator/random.ts';

const random = createRandom(1);

/** Tiles of no bytes, all of which may be in the queue at once. */
const microscope = (part: Partial<Microscope>): Microscope => ({
  ...{ arrivalsS: [], serviceS: () => 1, tileBytes: 0, window: Number.POSITIVE_INFINITY },
  ...part,
});

/** Workers of one process each on a network without cost. */
const site = (part: Partial<Site>): Site => ({
  ...{ microscopes: [], workers: [1], aheadPerComputer: 0, costs: {} },
  links: { redis: 1e9, microscope: 1e9, worker: 1e9 },
  ...part,
});

const workers = (count: number): number[] => Array.from({ length: count }, () => 1);
const exponential = (source: Random, meanS: number) => () => -meanS * Math.log(1 - source.uniform());
const mean = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
const within = (tolerance: number, seen: number, wanted: number) =>
  expect(Math.abs(seen / wanted - 1), `${seen} is not ${wanted}`).toBeLessThan(tolerance);

describe('a site with independent arrivals', () => {
  const LONG_S = 10 * 3600;

  it('keeps tiles as long as M/M/1 says: 1 / (1 - 0.5) = 2 s at 0.5 tiles a second of 1 s each', () => {
    const arrivalsS = independent(random.fork('arrivals'), 0.5);
    const serviceS = exponential(random.fork('service'), 1);
    const outcome = simulate(site({ microscopes: [microscope({ arrivalsS, serviceS })] }), LONG_S);
    within(0.05, mean(outcome.served[0]!.answeredS), 2);
    within(0.03, outcome.workersBusy, 0.5);
    // Little's law: 1 s of waiting at 0.5 a second is half a tile that waits.
    within(0.08, outcome.waiting.mean, 0.5);
  });

  it('has tiles of equal length wait as Pollaczek and Khinchine say: 0.5 / (2 (1 - 0.5)) = 0.5 s, half of M/M/1', () => {
    const arrivalsS = independent(random.fork('arrivals'), 0.5);
    const outcome = simulate(site({ microscopes: [microscope({ arrivalsS })] }), LONG_S);
    within(0.05, mean(outcome.served[0]!.answeredS) - 1, 0.5);
  });

  it("has tiles wait for one of 4 workers as Erlang's C says: 0.179 s at 2.4 tiles a second of 1 s each", () => {
    // C(4, 2.4) is 2.4^4/4! / (1 - 0.6) over that and 1 + 2.4 + 2.4^2/2! + 2.4^3/3!: 3.456 / (3.456 + 8.584) = 0.2870;
    // 0.2870 / (4 - 2.4) = 0.1794 s.
    const arrivalsS = independent(random.fork('arrivals'), 2.4);
    const serviceS = exponential(random.fork('service'), 1);
    const microscopes = [microscope({ arrivalsS, serviceS })];
    const { served } = simulate(site({ microscopes, workers: workers(4) }), LONG_S / 2);
    within(0.05, mean(served[0]!.answeredS) - 1, 0.1794);
  });

  it('serves live tiles before archive work as Cobham says: 0.375 and 0.9375 s of waiting at 0.2 and 0.4 of a worker', () => {
    // What is left of the tile in hand is 1 s / 2 at 0.6 of the time: 0.3 s. Live tiles wait that over 1 - 0.2, archive
    // work over (1 - 0.2) (1 - 0.6).
    const live = microscope({ arrivalsS: independent(random.fork('live'), 0.2) });
    const archive = microscope({ arrivalsS: independent(random.fork('archive'), 0.4), isArchive: true });
    const { served } = simulate(site({ microscopes: [archive, live] }), LONG_S);
    within(0.05, mean(served[1]!.answeredS) - 1, 0.375);
    within(0.08, mean(served[0]!.answeredS) - 1, 0.9375);
  });
});

describe('a single tile', () => {
  const costs = {
    ...{ redisTileS: 0.0033, redisByteS: 1e-8, aroundS: 0.02, answerBytes: 100_000 },
  };

  it('takes its transfers, Redis, what is around it and its worker, one after the other', () => {
    // 1 MB in and out at 10 MB/s: 0.2 s; the answer of 0.1 MB in and out: 0.02 s; 2.2 MB through Redis's hands: 0.022 s;
    // Redis 0.0033 s; around it 0.02 s; the worker 1 s.
    const outcome = simulate(
      site({
        microscopes: [microscope({ arrivalsS: [5], tileBytes: 1e6, window: 8 })],
        ...{ costs, links: { redis: 1e7, microscope: 1e8, worker: 1e8 } },
      }),
      100,
    );
    expect(outcome.served[0]!.answeredS[0]).toBeCloseTo(1.2653, 9);
    expect(outcome.bytesPerS).toEqual({ in: 11_000, out: 11_000 });
    expect(outcome.redisBytes.most).toBe(1.1e6);
    // 0.11 s of 100 s in each direction; 0.0253 s of Redis's thread.
    expect(outcome.redisInBusy).toBeCloseTo(0.0011, 9);
    expect(outcome.redisBusy).toBeCloseTo(0.000253, 9);
  });

  it('costs Redis as much with ten other daemons as alone', () => {
    const microscopes = Array.from({ length: 11 }, (_, index) =>
      microscope({ arrivalsS: index === 0 ? [0] : [], window: 8 }),
    );
    const { redisBusy, bytesPerS } = simulate(site({ microscopes, costs: { ...costs, redisByteS: 0 } }), 10);
    // 0.0033 s of 10 s; the answer of 100 kB in 10 s.
    expect(redisBusy).toBeCloseTo(0.00033, 9);
    expect(bytesPerS.out).toBeCloseTo(10_000, 6);
  });
});

describe('what is on its way', () => {
  const crowd = (untilS: number): Outcome =>
    simulate(
      site({
        microscopes: Array.from({ length: 5 }, (_, index) =>
          microscope({
            ...{ arrivalsS: even(index / 10, 100, 10), tileBytes: 2e6, window: 8 },
            serviceS: exponential(random.fork(index), 0.4),
          }),
        ),
        ...{ workers: [2, 2], aheadPerComputer: 1, costs: { redisTileS: 0.001, redisRankS: 0.0001 } },
      }),
      untilS,
    );
  const counts = ({ served }: Outcome) =>
    served.map(({ answeredS, unansweredS }) => answeredS.length + unansweredS.length);

  it('is neither lost nor there twice, in the middle and at the end', () => {
    // 10 tiles a second from 0.0, 0.1, ... s on: after 5.05 s 51, 50, 49, 48, 47 have come.
    expect(counts(crowd(5.05))).toEqual([51, 50, 49, 48, 47]);
    const end = crowd(100);
    expect(end.served.map(({ answeredS }) => answeredS.length)).toEqual([100, 100, 100, 100, 100]);
    expect(end.redisBytes.most).toBeLessThanOrEqual(5 * 8 * 2e6);
  });

  it('repeats exactly for a seed', () => {
    expect(crowd(50)).toEqual(crowd(50));
  });
});

describe('microscopes that share workers', () => {
  it('wait for one tile at most where another brings 500 at once', () => {
    // Its 8 in the queue rank 1 to 8; the other's single tile ranks 1, behind no more than the one that ranks so too.
    const burst = microscope({ arrivalsS: even(0, 500, 1e6), window: 8 });
    const single = microscope({ arrivalsS: [10.5, 20.5, 30.5], window: 8 });
    const { served } = simulate(site({ microscopes: [burst, single] }), 1000);
    // A tile is in hand for 0.5 s more and perhaps one that ranks as high comes first.
    for (const tookS of served[1]!.answeredS) expect(tookS).toBeLessThanOrEqual(2.5);
    expect(served[0]!.answeredS).toHaveLength(500);
  });

  it('get the same number of tiles where all have more than can be done', () => {
    const microscopes = Array.from({ length: 4 }, () =>
      microscope({ arrivalsS: even(0, 1000, 10), window: 8 }),
    );
    const { served } = simulate(site({ microscopes, workers: workers(2) }), 200);
    // 2 workers do 400 tiles of 1 s in 200 s.
    for (const { answeredS } of served) expect(Math.abs(answeredS.length - 100)).toBeLessThanOrEqual(1);
  });

  it('come before an archive that is always there', () => {
    const archive = microscope({ arrivalsS: even(0, 2000, 1e6), window: 64, isArchive: true });
    const live = microscope({ arrivalsS: even(0, 150, 0.5), window: 8 });
    const { served, workersBusy } = simulate(site({ microscopes: [archive, live] }), 300);
    expect(Math.max(...served[1]!.answeredS)).toBeLessThanOrEqual(2);
    expect(workersBusy).toBeCloseTo(1, 2);
  });
});

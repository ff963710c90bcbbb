import { messageExamples } from '../../../src/publish/schema/message-examples.ts';
import type { NightConditions } from '../../../src/report/night/conditions.ts';
import type { NightFacts } from '../../../src/report/night/model.ts';
import type { NightRun } from '../../../src/report/night/run.ts';
import { nightPeriod } from '../../../src/report/night/schedule.ts';
import type { SampleSummary } from '../../../src/report/sample/sample-summary.ts';
import type {
  Estimate,
  GroupStatistics,
  SizeDistribution,
  VolumeDistribution,
} from '../../../src/statistics/size-statistics.ts';

const { sequence: _, store: __, ...example } = messageExamples.summary;

const localDate = '2026-11-23';
const schedule = { at: '06:30', timeZone: 'Europe/Berlin' };
/** From 22 November, 05:30 UTC, to the same time of the 23rd. */
const period = nightPeriod(localDate, schedule);

/** Half a micrometre of interval on each side of 5 um, and so on in proportion. */
function estimate(value: number, relativeHalfWidth = 0.1): Estimate {
  return { value, low95: value * (1 - relativeHalfWidth), high95: value * (1 + relativeHalfWidth) };
}

/** With D10 half of D50 and D90 twice of it. */
function percentiles(d50: number) {
  return { d10: estimate(d50 / 2), d50: estimate(d50), d90: estimate(2 * d50) };
}

function byVolume(d50: number): VolumeDistribution {
  const { edges, shares } = sizes(d50, 0).histogram;
  return { ...percentiles(d50), span: 1.5, histogram: { edges, shares } };
}

function sizes(d50: number, count: number): SizeDistribution {
  const shares = [0.02, 0.05, 0.1, 0.17, 0.24, 0.2, 0.12, 0.06, 0.03, 0.01];
  const histogram = {
    edges: Array.from({ length: 11 }, (_, i) => d50 * 10 ** ((i - 4.5) / 10)),
    counts: shares.map((share) => Math.round(share * count)),
    shares,
  };
  return {
    mean: estimate(1.1 * d50),
    standardDeviation: d50 / 2,
    ...percentiles(d50),
    ...{ span: 1.5, smallest: d50 / 4, largest: 4 * d50, histogram },
  };
}

function group(d50: number, count: number): GroupStatistics {
  const none = messageExamples.summary.statistics.uncertain;
  if (count === 0) return none;
  return {
    count,
    areaUm2: sizes(d50 ** 2, count),
    diameterEquivalentUm: sizes(d50, count),
    diameterMeansUm: {
      quadratic: estimate(d50),
      sauter: estimate(1.5 * d50),
      deBrouckere: estimate(2 * d50),
    },
    diameterByAreaUm: percentiles(1.4 * d50),
    diameterByVolumeUm: byVolume(1.8 * d50),
    logNormal: null,
  };
}

export interface SampleOfNight {
  readonly label: string;
  readonly d50?: number;
  readonly count?: number;
  readonly uncertain?: number;
  readonly at?: string;
  readonly change?: Partial<SampleSummary>;
}

/** A sample with nothing to complain of: 24 of 24 tiles, precise enough, without a target. */
export function summaryOf({
  label,
  d50 = 5,
  count = 1000,
  uncertain = 100,
  at,
  change,
}: SampleOfNight): SampleSummary {
  return {
    ...example,
    setAside: [],
    at: at ?? '2026-11-23T02:00:00.000Z',
    sample: { id: label.replaceAll(/[^\w.-]/g, '-'), label },
    state: 'complete',
    revision: 1,
    coverage: { rows: 3, columns: 8, tilesPresent: 24, tilesExpected: 24, missing: [], tilesUnseen: 0 },
    failedTiles: [],
    ...{ operator: null, note: null },
    // 24 fields of 96 um x 60 um that touch.
    acquisition: {
      ...{ ...example.acquisition, tiles: 24, imagedAreaMm2: 0.138_24 },
      particlesPerMm2: count / 0.138_24,
    },
    statistics: {
      ...example.statistics,
      tiles: 24,
      all: group(d50, count),
      certain: group(0.96 * d50, count - uncertain),
      uncertain: group(1.2 * d50, uncertain),
      uncertaintySpread:
        count === 0
          ? null
          : { ...example.statistics.uncertaintySpread!, diameterD50: 0.04, diameterD90: 0.07 },
    },
    sufficiency: { ...example.sufficiency, sufficient: true, tilesNeeded: 0 },
    decision: null,
    reimage: [],
    imaging: { tiles: [] },
    ...change,
  };
}

let runs = 0;

export function runOf(sample: SampleOfNight): NightRun {
  const summary = summaryOf(sample);
  runs += 1;
  return { runId: runs, summary, finishedAt: new Date(summary.at) };
}

export const goodConditions: NightConditions = {
  softwareVersion: '0.1.0',
  reasons: [],
  lastTileAt: new Date('2026-11-23T05:14:00Z'),
  tilesWaiting: 0,
  messagesUnsent: 0,
  filesSetAside: 0,
  disks: [
    { use: 'store', folder: '/var/lib/particled', space: { freeBytes: 118e9, totalBytes: 480e9 } },
    { use: 'reports', folder: '/srv/reports', space: { freeBytes: 1.8e12, totalBytes: 4e12 } },
  ],
  models: [{ name: 'low', sha256: '0f4c8a1b'.repeat(8), samples: 4 }],
};

export function factsOf(
  finished: readonly (NightRun | readonly [run: NightRun, previous: NightRun])[],
  change: Partial<NightFacts> = {},
): NightFacts {
  const pairs = finished.map((one) =>
    'runId' in one
      ? { run: one, previous: null, revises: null }
      : { run: one[0], previous: one[1], revises: null },
  );
  return {
    instrument: 'phenom-1',
    localDate,
    timeZone: schedule.timeZone,
    period,
    finished: pairs,
    unreadable: [],
    recent: pairs.map(({ run }) => run),
    conditions: goodConditions,
    pages: null,
    ...change,
  };
}

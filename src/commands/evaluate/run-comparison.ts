import {
  type ComparedSizes,
  estimatesOf,
  sizesBy,
  sizesOfParticles,
} from '../../evaluation/sizes/compared-sizes.ts';
import { centredIn } from '../../evaluation/sizes/imaged-particles.ts';
import { type CertaintyEntry, totalCertainty } from '../../evaluation/sizes/joined-certainty.ts';
import { type ParticleLedger, totalLedger } from '../../evaluation/sizes/particle-ledger.ts';
import { sizesOfPowder } from '../../evaluation/sizes/powder-sizes.ts';
import { type ComparedSample, compareSizes } from '../../evaluation/sizes/size-comparison.ts';
import { type DigestSettings, runDigest } from '../../run/digest.ts';
import type { BorderMethod, RunStatistics } from '../../statistics/size-statistics.ts';
import type { StoreReader } from '../../store/database.ts';
import type { Acquisition } from './acquisition.ts';
import type { MeasuredRun } from './measured-runs.ts';
import { runCertainty } from './run-certainty.ts';
import { runLedger } from './run-ledger.ts';

const borderMethods = ['include', 'exclude', 'weight', 'join'] as const satisfies readonly BorderMethod[];
const groups = ['all', 'certain'] as const;

export interface RunComparison {
  readonly samples: number;
  readonly tiles: number;
  /** Particles whose centre lies in the imaged fields, of all samples. */
  readonly particlesImaged: number;
  /** Particles that the summaries counted: whole ones. */
  readonly particlesCounted: number;
  readonly ledger: ParticleLedger;
  /** Whether joined particles of which a piece is doubted have the right size. */
  readonly certainty: readonly CertaintyEntry[];
  readonly methods: readonly ComparedMethod[];
}

export interface ComparedMethod {
  /** `outlined perfectly`: the true particles that lie whole in a tile, so that the border alone is at fault. */
  readonly border: BorderMethod | 'exclude, outlined perfectly';
  readonly particles: (typeof groups)[number];
  readonly figures: ReturnType<typeof compareSizes>;
}

/** What the daemon publishes of each run, by every method, against what is true of it. */
export function compareRuns(
  store: StoreReader,
  runs: readonly MeasuredRun[],
  settings: DigestSettings,
): RunComparison {
  const truths = runs.map(({ acquisition }) => truthOf(acquisition));
  const statistics = borderMethods.map((border) => {
    const chosen = { ...settings, statistics: { ...settings.statistics, border } };
    return { border, ofRuns: runs.map(({ runId }) => runDigest(store, runId, chosen).statistics) };
  });
  const compared = (estimates: readonly (ComparedSample['estimated'] | null)[]) =>
    compareSizes(
      truths.flatMap((truth, run) => {
        const estimated = estimates[run];
        return estimated ? [{ ...truth, estimated }] : [];
      }),
    );
  const perfect: ComparedMethod = {
    border: 'exclude, outlined perfectly',
    particles: 'all',
    figures: compared(truths.map(({ whole }) => asEstimates(whole))),
  };
  const published = groups.flatMap((particles) =>
    statistics.map(({ border, ofRuns }): ComparedMethod => {
      return { border, particles, figures: compared(ofRuns.map((run) => estimatesOf(run[particles]))) };
    }),
  );
  const excluded: readonly RunStatistics[] =
    statistics.find(({ border }) => border === 'exclude')?.ofRuns ?? [];
  return {
    samples: runs.length,
    tiles: sum(runs.map(({ acquisition }) => acquisition.truth.tiles.length)),
    particlesImaged: sum(truths.map(({ count }) => count)),
    particlesCounted: sum(excluded.map(({ all }) => all.count)),
    ledger: totalLedger(runs.map((run) => runLedger(store, run))),
    certainty: totalCertainty(runs.map((run) => runCertainty(store, run))),
    methods: [perfect, ...published],
  };
}

/** @throws Error for an acquisition that shows no particle, or none whole. */
export function truthOf({ folder, truth }: Acquisition) {
  const { fieldWidthUm, widthPx, heightPx } = truth.grid;
  const fieldUm = { width: fieldWidthUm, height: (fieldWidthUm / widthPx) * heightPx };
  const fields = truth.tiles.map(({ centreUm }) => ({ stagePositionUm: centreUm, fieldUm }));
  const centred = centredIn(fields, truth.particles);
  const imaged = sizesOfParticles(centred.map(({ areaUm2 }) => areaUm2));
  const whole = sizesOfParticles(
    truth.particles.filter(({ wholeInATile }) => wholeInATile).map(({ areaUm2 }) => areaUm2),
  );
  if (!imaged || !whole) throw new Error(`${folder}: shows no particle whole, so nothing can be compared`);
  const powder = truth.sizeDistribution && sizesOfPowder(truth.sizeDistribution);
  return { count: centred.length, imaged, whole, powder };
}

function asEstimates(sizes: ComparedSizes): ComparedSample['estimated'] {
  return sizesBy((figure) => ({ value: sizes[figure], low95: null, high95: null }));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

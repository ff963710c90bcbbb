/**
 * How many badly imaged tiles the stated rule finds, and how many good ones it loses: virtual LiCoO2 of 6 x 8 tiles,
 * four of them struck by each fault. `node bench/imaging-verdicts.ts [seeds]`, 6 seeds by default, 1 s a tile a core.
 */
import { availableParallelism } from 'node:os';
import { imagingSchema } from '../src/config/imaging.ts';
import type { TileQuality } from '../src/measure/image-quality.ts';
import { imageQuality } from '../src/measure/image-quality.ts';
import { moduleUrl } from '../src/module-url.ts';
import type { Exposed, Exposure } from '../src/simulator/acquisition/exposure.ts';
import type { Fault } from '../src/simulator/acquisition/fault-names.ts';
import { faultyPlan } from '../src/simulator/acquisition/faults.ts';
import { acquisitionDefaults, gridOf, specimenOf } from '../src/simulator/acquisition/options.ts';
import { planScan } from '../src/simulator/acquisition/scan-plan.ts';
import { startThreadPool } from '../src/simulator/thread-pool.ts';
import type { ImagingCause } from '../src/statistics/imaging-rules.ts';
import { imagingVerdicts } from '../src/statistics/imaging-verdict.ts';

const limits = imagingSchema.parse({});
const order = { ...acquisitionDefaults, folder: '', rows: 6, columns: 8 };
const specimen = specimenOf(order);
const { widthPx, heightPx } = specimen.grid;

/** One kind of bad imaging, and the cause by which the rule should find it. */
interface Trial {
  readonly name: string;
  readonly fault: Fault | null;
  /** In place of the fault's own strength. */
  readonly change?: Partial<Exposure>;
  readonly cause: ImagingCause | null;
}

const trials: readonly Trial[] = [
  { name: 'even', fault: null, cause: null },
  { name: 'blurred, 9 px', fault: 'blurred', cause: 'blurred' },
  { name: 'blurred, 2.4 px', fault: 'blurred', change: { blurPx: 2.4 }, cause: 'blurred' },
  { name: 'blurred, 1.8 px', fault: 'blurred', change: { blurPx: 1.8 }, cause: 'blurred' },
  { name: 'charged, 70 grey', fault: 'charged', cause: 'charged' },
  { name: 'charged, 20 grey', fault: 'charged', change: { charging: 20, driftPx: 0 }, cause: 'charged' },
  { name: 'charged, 10 grey', fault: 'charged', change: { charging: 10, driftPx: 0 }, cause: 'charged' },
  { name: 'drift, 4 px', fault: 'charged', change: { charging: 0, driftPx: 4 }, cause: 'drifted' },
];

const pool = startThreadPool<Exposure, Exposed>(
  moduleUrl(
    './exposure-worker',
    new URL('../src/simulator/acquisition/simulate-acquisition.ts', import.meta.url).href,
  ),
  specimen,
  availableParallelism(),
);

async function qualityOf(exposure: Exposure): Promise<TileQuality> {
  const { pixels } = await pool.run(exposure);
  return imageQuality({ widthPx, heightPx, pixels });
}

/** The tiles of one seed that a trial strikes, and how they come out; the others stay as they are. */
async function judged(trial: Trial, plan: readonly Exposure[], even: readonly TileQuality[], seed: number) {
  const faulty = trial.fault === null ? plan : faultyPlan(plan, [trial.fault], seed);
  const struck = new Set([...plan.keys()].filter((tile) => faulty[tile] !== plan[tile]));
  const tiles = await Promise.all(
    faulty.map(async (exposure, tile) => ({
      quality: struck.has(tile) ? await qualityOf({ ...exposure, ...trial.change }) : even[tile]!,
    })),
  );
  const verdicts = imagingVerdicts(tiles, limits);
  return {
    struck: struck.size,
    found: verdicts.filter(({ tile, causes }) => struck.has(tile) && causes.some((it) => it === trial.cause))
      .length,
    lost: verdicts.filter(({ tile }) => !struck.has(tile)).length,
    tiles: tiles.length,
  };
}

const seeds = Number(process.argv[2] ?? 6);
const results = new Map<string, Awaited<ReturnType<typeof judged>>[]>();
for (let seed = 1; seed <= seeds; seed++) {
  const plan = planScan(gridOf(order)).map(
    (tile): Exposure => ({ ...tile, file: '', sampleLabel: '', seed, zoom: 1, writing: 'whole' }),
  );
  const even = await Promise.all(plan.map(qualityOf));
  for (const trial of trials) {
    results.set(trial.name, [...(results.get(trial.name) ?? []), await judged(trial, plan, even, seed)]);
  }
}
await pool.close();

console.log(
  '| Fault | Tiles | Struck | Found | Good ones lost | Precision | Recall |\n|---|---|---|---|---|---|---|',
);
for (const [name, runs] of results) {
  const sum = (key: 'tiles' | 'struck' | 'found' | 'lost') =>
    runs.reduce((total, run) => total + run[key], 0);
  const share = (part: number, whole: number) =>
    whole === 0 ? '' : `${((100 * part) / whole).toFixed(1)} %`;
  const [tiles, struck, found, lost] = [sum('tiles'), sum('struck'), sum('found'), sum('lost')];
  console.log(
    `| ${name} | ${tiles} | ${struck} | ${found} | ${lost} | ${share(found, found + lost)} | ${share(found, struck)} |`,
  );
}

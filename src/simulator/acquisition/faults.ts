import { createRandom, type Random } from '../random.ts';
import type { Exposure } from './exposure.ts';
import { type Fault, faultNames } from './fault-names.ts';
import type { ScanGrid } from './scan-plan.ts';

/** Share of the tiles that a fault of single tiles strikes; at least one. */
const struckShare = 0.08;
const rotationRad = 0.03;

/** The grid as it will be scanned: a rotated one is turned before anything is planned. */
export function faultyGrid(grid: ScanGrid, faults: readonly Fault[]): ScanGrid {
  return faults.includes('rotated-grid') ? { ...grid, rotationRad: grid.rotationRad + rotationRad } : grid;
}

/** The exposures with the faults worked in, in the order of `faultNames`. */
export function faultyPlan(
  exposures: readonly Exposure[],
  faults: readonly Fault[],
  seed: number,
): readonly Exposure[] {
  const random = createRandom(seed).fork('faults');
  return faultNames
    .filter((fault) => faults.includes(fault))
    .reduce((plan, fault) => workings[fault](plan, random.fork(fault)), exposures);
}

type Working = (plan: readonly Exposure[], random: Random) => readonly Exposure[];

const workings: Readonly<Record<Fault, Working>> = {
  'half-written': (plan, random) => {
    const victim = random.integer(0, plan.length - 1);
    return plan.map((tile, at) => (at === victim ? { ...tile, writing: 'half-written' } : tile));
  },
  preallocated: (plan) => plan.map((tile) => ({ ...tile, writing: 'preallocated' })),
  'out-of-order': (plan, random) => shuffled(plan, random),
  missing: (plan, random) => {
    const gone = struck(plan, random);
    return plan.filter((_, at) => !gone.has(at));
  },
  duplicated: (plan, random) => {
    const twice = struck(plan, random);
    return plan.flatMap((tile, at) => (twice.has(at) ? [tile, renamed(tile, '_copy')] : [tile]));
  },
  blurred: (plan, random) => changed(plan, random, { blurPx: 9 }),
  charged: (plan, random) => changed(plan, random, { charging: 70, driftPx: 4 }),
  'rotated-grid': (plan) => plan,
  interleaved: (plan) =>
    plan.flatMap((tile) => [
      tile,
      { ...renamed(tile, '_B'), sampleLabel: `${tile.sampleLabel} B`, seed: tile.seed + 1 },
    ]),
  'mixed-magnifications': (plan) => plan.map((tile, at) => (at % 3 === 2 ? { ...tile, zoom: 2 } : tile)),
  restarted: (plan) => [
    ...plan.slice(0, Math.ceil(0.4 * plan.length)),
    ...plan.map((tile) => renamed(tile, '_again')),
  ],
};

function changed(plan: readonly Exposure[], random: Random, change: Partial<Exposure>): readonly Exposure[] {
  const hit = struck(plan, random);
  return plan.map((tile, at) => (hit.has(at) ? { ...tile, ...change } : tile));
}

function struck(plan: readonly Exposure[], random: Random): ReadonlySet<number> {
  const count = Math.max(1, Math.round(struckShare * plan.length));
  return new Set(shuffled([...plan.keys()], random).slice(0, count));
}

/** Fisher and Yates. */
function shuffled<Item>(items: readonly Item[], random: Random): Item[] {
  const mixed = [...items];
  for (let at = mixed.length - 1; at > 0; at -= 1) {
    const other = random.integer(0, at);
    [mixed[at], mixed[other]] = [mixed[other]!, mixed[at]!];
  }
  return mixed;
}

function renamed(tile: Exposure, suffix: string): Exposure {
  return { ...tile, file: tile.file.replace(/(\.[^.]+)$/, `${suffix}$1`) };
}

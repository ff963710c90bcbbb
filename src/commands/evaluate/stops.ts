import {
  type Stop,
  type StopSummary,
  startedAt,
  summaryOfStops,
  tilesUntilSufficient,
} from '../../evaluation/sizes/stop-on-target.ts';
import { type DigestSettings, runDigest } from '../../run/digest.ts';
import type { RunStatistics } from '../../statistics/size-statistics.ts';
import type { PrecisionTarget } from '../../statistics/sufficiency.ts';
import type { StoreReader } from '../../store/database.ts';
import type { TileColumns } from '../../store/tile-columns.ts';
import type { MeasuredRun } from './measured-runs.ts';
import { truthOf } from './run-comparison.ts';

/** A scan of a grid, begun with one of its rows. */
export interface ScanStop extends Stop {
  /** From 0. */
  readonly firstRow: number;
}

export interface StopComparison extends StopSummary {
  readonly scans: readonly ScanStop[];
}

/** When the scans of these grids could have stopped, each begun with each of its rows in turn. */
export function compareStops(
  store: StoreReader,
  runs: readonly MeasuredRun[],
  settings: DigestSettings,
  target: PrecisionTarget,
): StopComparison {
  const scans = runs.flatMap((run) => stopsOf(store, run, settings, target));
  return { ...summaryOfStops(scans, target.relativeHalfWidth), scans };
}

function stopsOf(
  store: StoreReader,
  { acquisition, runId }: MeasuredRun,
  settings: DigestSettings,
  target: PrecisionTarget,
): ScanStop[] {
  const { rows, columns } = acquisition.truth.grid;
  const { powder, imaged } = truthOf(acquisition);
  const d50TrueUm = (powder ?? imaged).d50;
  const arrived = store.tiles.ofRun(runId).map(({ id }) => id);
  const known = new Map([...store.particles.columnsOfRun(runId)].map((tile) => [tile.tileId, tile]));
  const d50OfAllUm = d50Of(runDigest(store, runId, settings).statistics);
  return Array.from({ length: rows }, (_, firstRow): ScanStop => {
    const order = startedAt(arrived, firstRow * columns);
    const after = (n: number) => {
      return runDigest(storeAfter(store, known, order.slice(0, n)), runId, settings).statistics;
    };
    const stoppedAfter = tilesUntilSufficient(order.length, target, after);
    const d50Um = stoppedAfter === null ? d50OfAllUm : d50Of(after(stoppedAfter));
    return { firstRow, tiles: order.length, stoppedAfter, d50Um, d50OfAllUm, d50TrueUm };
  });
}

function d50Of({ all }: RunStatistics): number {
  return all.diameterEquivalentUm?.d50.value ?? Number.NaN;
}

/** The store as it stood when only these tiles of the run had arrived, in this order. */
function storeAfter(
  store: StoreReader,
  known: ReadonlyMap<number, TileColumns>,
  ids: readonly number[],
): StoreReader {
  const arrived = <T extends { readonly id: number }>(tiles: readonly T[]): T[] => {
    const byId = new Map(tiles.map((tile) => [tile.id, tile]));
    return ids.flatMap((id) => byId.get(id) ?? []);
  };
  return {
    ...store,
    tiles: {
      ...store.tiles,
      ofRun: (runId) => arrived(store.tiles.ofRun(runId)),
      placesOfRun: (runId) => arrived(store.tiles.placesOfRun(runId)),
    },
    particles: {
      ...store.particles,
      *columnsOfRun() {
        yield* ids.flatMap((id) => known.get(id) ?? []);
      },
    },
  };
}

import type { Config } from './config/schema.ts';
import type { Coverage, LatticeSite } from './grid/coverage.ts';
import { coverageOf, type GridSize } from './grid/coverage-of.ts';
import { fitLattice, placeOnLattice } from './grid/lattice.ts';
import { duplicateParticles } from './grid/same-particle.ts';
import { runStatistics } from './statistics/run-statistics.ts';
import type { RunStatistics } from './statistics/size-statistics.ts';
import type { StoreReader } from './store/database.ts';
import type { TileColumns } from './store/particles.ts';
import type { ModelUse, TilePlace } from './store/stored-tile.ts';
import type { TileFile } from './watcher/tile-file.ts';

/** Where a run's tiles stand. */
export interface RunLayout {
  readonly coverage: Coverage;
  /** One entry a tile, null where the lattice has no place for it. */
  readonly sites: ReadonlyMap<number, LatticeSite | null>;
}

/** All that a summary says of a run, read at one moment. */
export interface RunDigest extends RunLayout {
  readonly tiles: { readonly waiting: number; readonly segmented: number; readonly failed: number };
  readonly failures: readonly { readonly tileId: number; readonly file: TileFile; readonly reason: string }[];
  readonly statistics: RunStatistics;
  /** Particles that two overlapping tiles show and that were counted once. */
  readonly duplicateCount: number;
  readonly models: readonly ModelUse[];
  readonly lastTileAtMs: number;
}

export interface DigestSettings {
  readonly expected: GridSize | null;
  readonly statistics: Config['statistics'];
}

/** What the configuration says of grid and statistics. */
export function digestSettings({ grid, statistics }: Pick<Config, 'grid' | 'statistics'>): DigestSettings {
  const expected =
    grid.rows !== null && grid.columns !== null ? { rows: grid.rows, columns: grid.columns } : null;
  return { expected, statistics };
}

/** The lattice of a run's tiles and what it says of coverage; a lattice that cannot be told numbers them. */
export function runLayout(tiles: readonly TilePlace[], expected: GridSize | null): RunLayout {
  const [first] = tiles;
  const positions = tiles.map((tile) => tile.stagePositionUm);
  const lattice = first ? fitLattice(positions, first.fieldUm) : null;
  const sites = new Map(
    tiles.map(({ id, stagePositionUm }) => [
      id,
      lattice ? (placeOnLattice(lattice, stagePositionUm)?.site ?? null) : null,
    ]),
  );
  const placed = lattice
    ? [...sites.values()].filter((site) => site !== null)
    : tiles.map((_, column) => ({ row: 0, column }));
  return { coverage: coverageOf(lattice, placed, expected), sites };
}

/** `runLayout`, fitted again only when the tiles are others: each of a burst's results asks for the same one. */
export function rememberingLayout(expected: GridSize | null): (tiles: readonly TilePlace[]) => RunLayout {
  let known = '';
  let layout = runLayout([], expected);
  return (tiles) => {
    const asked = tiles.map(({ id }) => id).join();
    if (asked !== known) layout = runLayout(tiles, expected);
    known = asked;
    return layout;
  };
}

/** Reads and computes one run's digest: up to half a second for a full grid, so it has its own thread. */
export function runDigest(store: StoreReader, runId: number, settings: DigestSettings): RunDigest {
  const { run, tiles, places, columns } = store.snapshot(() => ({
    run: store.runs.get(runId),
    tiles: store.tiles.ofRun(runId),
    places: store.tiles.placesOfRun(runId),
    columns: [...store.particles.columnsOfRun(runId)],
  }));
  const { excludeBorder, resamples, seed, classesPerDecade } = settings.statistics;
  const { kept, duplicateCount } = withoutDuplicates(columns);
  const failed = tiles.filter((tile) => tile.state === 'failed');
  const models = new Map(
    tiles.flatMap(({ model }) => (model ? [[JSON.stringify(model), model] as const] : [])),
  );
  return {
    ...runLayout(places, settings.expected),
    tiles: {
      waiting: tiles.filter((tile) => tile.state === 'seen').length,
      segmented: columns.length,
      failed: failed.length,
    },
    failures: failed.map(({ id, file, reason }) => ({ tileId: id, file, reason: reason ?? '' })),
    statistics: runStatistics(kept, { excludeBorder, resamples, seed, histogram: { classesPerDecade } }),
    duplicateCount,
    models: [...models.values()],
    lastTileAtMs: run?.lastTileAtMs ?? 0,
  };
}

function withoutDuplicates(columns: readonly TileColumns[]): {
  kept: TileSizesOfColumns[];
  duplicateCount: number;
} {
  let duplicateCount = 0;
  const duplicates = duplicateParticles(columns);
  const kept = columns.map(({ areaUm2, certain, touchesBorder }, tile) => {
    const stays = (_: unknown, index: number) => duplicates[tile]?.[index] !== 1;
    const areas = areaUm2.filter(stays);
    duplicateCount += areaUm2.length - areas.length;
    return { areaUm2: areas, certain: certain.filter(stays), touchesBorder: touchesBorder.filter(stays) };
  });
  return { kept, duplicateCount };
}

type TileSizesOfColumns = Pick<TileColumns, 'areaUm2' | 'certain' | 'touchesBorder'>;

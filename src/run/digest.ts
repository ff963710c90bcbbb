import type { Config } from '../config/schema.ts';
import type { GridSize } from '../grid/coverage-of.ts';
import { wholeWindow } from '../grid/sampling-window.ts';
import { uprightTiles } from '../grid/upright-tiles.ts';
import type { Model } from '../inference/model/model-folder.ts';
import { RECALL_OF_VISIBLE, visibleShareOfField } from '../inference/model/visible-size.ts';
import type { Acquisition } from '../publish/schema/acquisition.ts';
import type { VisibleSize } from '../statistics/detection-limit.ts';
import { figuresBeside } from '../statistics/figures-beside.ts';
import { edgeBlurMedianPx, type ImagingVerdict, imagingVerdicts } from '../statistics/imaging-verdict.ts';
import { type FilterInForce, publishedStatistics } from '../statistics/published-statistics.ts';
import type { RunStatistics } from '../statistics/size-statistics.ts';
import { type Uniformity, uniformity } from '../statistics/uniformity.ts';
import { everyTileLeftOut, staleCorrections, turnedDifferently } from '../statistics/warnings.ts';
import type { CorrectionsInForce } from '../store/corrections.ts';
import type { StoreReader } from '../store/database.ts';
import { expectedGrid } from '../store/expectation.ts';
import type { StoredRun } from '../store/runs.ts';
import type { ModelUse, StoredTile } from '../store/stored-tile.ts';
import type { TileColumns } from '../store/tile-columns.ts';
import type { UnusableGroup } from '../store/unusable.ts';
import { notesOf, type TileNote, tileNotes } from '../watcher/metadata/tile-notes.ts';
import { acquisitionOf } from './acquisition.ts';
import { filterInForce } from './filter-in-force.ts';
import { type RunLayout, runLayout } from './layout.ts';

/** A summary names so many images of each cause for which they were kept out. */
const KEPT_OUT_NAMED = 3;

/** All that a summary says of a run, read at one moment. */
export interface RunDigest extends RunLayout {
  readonly tiles: { readonly waiting: number; readonly segmented: number; readonly failed: number };
  readonly failed: readonly StoredTile[];
  /** Segmented tiles whose imaging is not good enough: their particles count nowhere. */
  readonly leftOut: readonly LeftOutTile[];
  /** The median edge blur of all segmented tiles; null where none has edges enough. */
  readonly edgeBlurMedianPx: number | null;
  /** Tiles that count and on which the network reached a limit: particles may be missing. */
  readonly limited: readonly StoredTile[];
  /** What is to be known of the tiles' files, each with the number of tiles. */
  readonly notes: readonly { readonly note: TileNote; readonly tiles: number }[];
  readonly uniformity: Uniformity;
  readonly statistics: RunStatistics;
  /** Particles that two overlapping tiles show and that were counted once. */
  readonly duplicateCount: number;
  readonly acquisition: Acquisition;
  /** Images that came beside the run's tiles and are none, by causes. */
  readonly keptOut: readonly UnusableGroup[];
  readonly models: readonly ModelUse[];
  /** What reviewers said that counts. */
  readonly corrections: CorrectionsInForce;
  readonly lastTileAtMs: number;
}

/** A tile whose imaging failed, and why. */
export interface LeftOutTile extends Pick<ImagingVerdict, 'causes' | 'keys' | 'reason'> {
  readonly tile: StoredTile;
}

export interface DigestSettings {
  readonly imaging: Config['imaging'];
  readonly expected: GridSize | null;
  readonly statistics: Config['statistics'];
  /** The smallest diameter that each model sees, as a share of the field's longest side, by the model's name. */
  readonly visibleShares: ReadonlyMap<string, number>;
}

/** What the configuration says of grid and statistics, and the models of what they see. */
export function digestSettings(
  { grid, statistics, imaging }: Pick<Config, 'grid' | 'statistics' | 'imaging'>,
  models: readonly Pick<Model, 'manifest'>[] = [],
): DigestSettings {
  const expected =
    grid.rows !== null && grid.columns !== null ? { rows: grid.rows, columns: grid.columns } : null;
  const shares = models.map(({ manifest }) => [manifest.name, visibleShareOfField(manifest)] as const);
  const visibleShares = new Map(shares.filter((entry): entry is [string, number] => entry[1] !== null));
  return { expected, statistics, imaging, visibleShares };
}

/** The grid that a sample's runs are measured against: its own by command, else the configured one. */
export function expectedOf(
  { expectations }: Pick<StoreReader, 'expectations'>,
  sampleId: string,
  { expected }: Pick<DigestSettings, 'expected'>,
): GridSize | null {
  return expectedGrid(expectations.get(sampleId), expected);
}

/** The grid that a run is measured against; null for one place at many magnifications, which is none. */
export function expectedOfRun(
  store: Pick<StoreReader, 'expectations' | 'tiles' | 'unusable'>,
  { id, sampleId }: Pick<StoredRun, 'id' | 'sampleId'>,
  settings: Pick<DigestSettings, 'expected'>,
): GridSize | null {
  const { seen, segmented, failed } = store.tiles.countByState(id);
  const isSeries =
    seen + segmented + failed === 1 &&
    store.unusable.groupsBesideRun(id, 0).some(({ code }) => code === 'other-magnification');
  return isSeries ? null : expectedOf(store, sampleId, settings);
}

/**
 * Reads and computes one run's digest: up to half a second for a full grid, so it has its own thread.
 * @param filter instead of the run's own or the configured one.
 */
export function runDigest(
  store: StoreReader,
  runId: number,
  settings: DigestSettings,
  filter?: FilterInForce,
): RunDigest {
  const { run, tiles, places, columns, found, corrections, keptOut } = store.snapshot(() => ({
    run: store.runs.get(runId),
    tiles: store.tiles.ofRun(runId),
    places: store.tiles.placesOfRun(runId),
    ...columnsOf(store, runId),
    keptOut: store.unusable.groupsBesideRun(runId, KEPT_OUT_NAMED),
  }));
  const segmented = tiles.filter((tile) => tile.state === 'segmented');
  const leftOut = imagingVerdicts(segmented, settings.imaging).map(({ tile, ...why }) => ({
    tile: segmented[tile]!,
    ...why,
  }));
  const bad = new Set(leftOut.map(({ tile }) => tile.id));
  const isGood = ({ tileId }: TileColumns) => !bad.has(tileId);
  const good = columns.filter(isGood);
  const { tiles: upright, areTurnedAlike } = uprightTiles(good);
  // Pieces of pictures that are turned differently do not fit together.
  const { border: configured } = settings.statistics;
  const border = configured === 'join' && !areTurnedAlike ? 'weight' : configured;
  const visible = visibleIn(tiles, settings.visibleShares);
  const options = { ...settings.statistics, border, visible };
  const asked = filter ?? filterInForce(run, settings.statistics);
  const { statistics, duplicateCount, weightSum } = publishedStatistics(upright, options, asked);
  const review = found && {
    ...{ corrections: corrections.corrections, tiles: corrections.tiles },
    unreviewed: figuresBeside(
      publishedStatistics(uprightTiles(found.filter(isGood)).tiles, options, asked).statistics,
    ),
  };
  const layout = runLayout(places, run ? expectedOfRun(store, run, settings) : null);
  const failed = tiles.filter((tile) => tile.state === 'failed');
  const models = new Map(
    tiles.flatMap(({ model }) => (model ? [[JSON.stringify(model), model] as const] : [])),
  );
  return {
    ...layout,
    tiles: {
      waiting: tiles.filter((tile) => tile.state === 'seen').length,
      segmented: columns.length,
      failed: failed.length,
    },
    failed,
    leftOut,
    edgeBlurMedianPx: edgeBlurMedianPx(segmented),
    limited: segmented.filter(({ id, sight }) => !bad.has(id) && (sight?.limitsReached.length ?? 0) > 0),
    notes: notesIn(tiles),
    uniformity: uniformity(good.map((tile) => ({ ...tile, site: layout.sites.get(tile.tileId) ?? null }))),
    statistics: {
      ...statistics,
      ...(review && { review }),
      warnings: [
        ...statistics.warnings,
        ...(areTurnedAlike ? [] : [turnedDifferently(configured)]),
        ...[everyTileLeftOut(segmented.length, leftOut), staleCorrections(corrections.stale)].filter(
          (warning) => warning !== null,
        ),
      ],
    },
    duplicateCount,
    acquisition: acquisitionOf(
      segmented.filter(({ id }) => !bad.has(id)),
      { areaUm2: wholeWindow(upright)(0, 0), particles: weightSum },
    ),
    keptOut,
    models: [...models.values()],
    corrections,
    lastTileAtMs: run?.lastTileAtMs ?? 0,
  };
}

/** What counts, and beside it what the models found where corrections made that something else. */
function columnsOf({ particles, corrections: all }: StoreReader, runId: number) {
  const corrections = all.inForce(runId);
  const columns = [...particles.columnsOfRun(runId)];
  const found = corrections.corrections > 0 ? [...particles.columnsOfRun(runId, 'found')] : null;
  return { columns, found, corrections };
}

function notesIn(tiles: readonly StoredTile[]): RunDigest['notes'] {
  const all = tiles.flatMap(({ metadata }) => notesOf(metadata));
  return tileNotes
    .map((note) => ({ note, tiles: all.filter((one) => one === note).length }))
    .filter((noted) => noted.tiles > 0);
}

/** The smallest size that every model of the run sees; null where one of them does not say. */
function visibleIn(tiles: readonly StoredTile[], shares: ReadonlyMap<string, number>): VisibleSize | null {
  const diameters = tiles.flatMap(({ model, fieldUm }) => {
    const share = model && shares.get(model.name);
    return share ? [share * Math.max(fieldUm.width, fieldUm.height)] : [];
  });
  const segmented = tiles.filter(({ model }) => model !== null);
  if (diameters.length === 0 || diameters.length < segmented.length) return null;
  return { diameterUm: Math.max(...diameters), recall: RECALL_OF_VISIBLE };
}

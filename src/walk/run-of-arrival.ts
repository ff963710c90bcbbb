import type { Config } from '../config/schema.ts';
import { arrivalOf } from '../grid/arrival.ts';
import { belongsToRun } from '../grid/run-key.ts';
import { topicSegment } from '../publish/topics.ts';
import { digestSettings, expectedOf } from '../run/digest.ts';
import type { Store } from '../store/database.ts';
import type { StoredRun } from '../store/runs.ts';
import type { TilePlace } from '../store/stored-tile.ts';
import type { ReadTile } from '../watcher/read-tile.ts';
import type { InversePair } from './inverse-pair.ts';
import {
  type Arriving,
  type Candidate,
  isOfOtherDetector,
  requireElsewhere,
  requireNoCopy,
  requireNoMap,
  requireOtherPlace,
  requireWantedDetector,
} from './kept-out-rules.ts';
import { runSoFar } from './run-so-far.ts';
import { placeOf, runKeyOf } from './tile-place.ts';

/** What the rule by which tiles join runs needs to know of the configuration. */
export type RunRules = Pick<Config, 'instrument' | 'grid' | 'statistics' | 'imaging'>;

/** The run that a tile belongs to, and the tile whose place it takes there, if any. */
export interface TilesRun {
  readonly run: StoredRun;
  readonly replaced: TilePlace | null;
  /** The tile is its first. */
  readonly isNew: boolean;
}

/** Older runs of an origin take no tile any more: of so many of any magnification, so many that may take it are looked at. */
const LATEST_OF_ORIGIN = 50;
const LATEST_RUNS = 10;

/**
 * The latest run that takes the tile by the rule of {@link arrivalOf}, or a new one.
 * @param inverse a tile that shows the same with its contrast turned round
 * @throws KeptOutError where the image is no tile: of another detector than its run's, a map, an inverted copy, or
 * another magnification of the one place that a run shows
 */
export function runOfArrival(
  store: Store,
  rules: RunRules,
  tile: ReadTile,
  nowMs: number,
  inverse: InversePair | null = null,
): TilesRun {
  const sampleId = topicSegment(tile.metadata.sampleLabel);
  const arriving = arrivingTile(store, rules, tile, { sampleId, nowMs, inverse });
  const { key } = arriving;
  const candidates = store.runs
    .from(key, LATEST_OF_ORIGIN)
    .filter(({ rowsDeletedAfterDays }) => rowsDeletedAfterDays === null)
    .map((run) => candidateOf(store, run, tile.file.path, nowMs));
  requireWantedDetector(arriving, candidates[0]);
  requireNoMap(store, arriving);
  requireNoCopy(arriving);
  const taking = takingRun(candidates, arriving);
  if (taking) return { ...taking, isNew: false };
  const name = runName(store, sampleId, nowMs);
  const run = store.runs.create({ ...key, sampleId, name, createdAtMs: nowMs });
  return { run, replaced: null, isNew: true };
}

function arrivingTile(
  store: Store,
  { grid, ...rules }: RunRules,
  tile: ReadTile,
  { sampleId, ...moment }: Pick<Arriving, 'nowMs' | 'inverse'> & { readonly sampleId: string },
): Arriving {
  return {
    ...moment,
    path: tile.file.path,
    key: runKeyOf(tile),
    place: placeOf(tile),
    detector: tile.metadata.detector,
    wantedDetector: rules.instrument.detector,
    limits: {
      expected: expectedOf(store, sampleId, digestSettings({ grid, ...rules })),
      // A run that still waits for a tile takes it.
      apartMs: 1000 * Math.max(grid.newRunAfterS, grid.stallAfterS),
      apartUm: grid.newRunBeyondUm,
    },
  };
}

/** Null where the tile is the first of another run. */
function takingRun(candidates: readonly Candidate[], arriving: Arriving): Omit<TilesRun, 'isNew'> | null {
  const { key, place, limits, inverse } = arriving;
  const ofOthers: Candidate[] = [];
  for (const candidate of candidates.filter(({ run }) => belongsToRun(run, key)).slice(0, LATEST_RUNS)) {
    const { run } = candidate;
    if (isOfOtherDetector(candidate, arriving)) {
      ofOthers.push(candidate);
      continue;
    }
    if (inverse?.tile.runId === run.id) return { run, replaced: inverse.tile };
    requireOtherPlace(candidate, arriving);
    const arrival = arrivalOf(candidate.soFar, place, limits);
    if (arrival.kind === 'fills') return { run, replaced: null };
    if (arrival.kind === 'replaces') return { run, replaced: arrival.tile };
    if (arrival.kind === 'begins-anew') return null;
  }
  for (const candidate of ofOthers) requireElsewhere(candidate, arriving);
  for (const candidate of candidates.slice(0, LATEST_RUNS)) requireOtherPlace(candidate, arriving);
  return null;
}

/** Read when it is needed, once: the latest run takes most tiles. */
function candidateOf(store: Store, run: StoredRun, path: string, nowMs: number): Candidate {
  let known: Candidate['soFar'] | null = null;
  return {
    run,
    get soFar() {
      known ??= runSoFar(store, run, path, nowMs);
      return known;
    },
    get detector() {
      return store.tiles.placesOfRun(run.id).find(({ detector }) => detector !== '')?.detector ?? '';
    },
  };
}

/** When the run began, in UTC, safe in topics and file names; a second one in that second gets a number. */
function runName(store: Store, sampleId: string, nowMs: number): string {
  const stamp = new Date(nowMs).toISOString().replace(/[-:]/g, '').replace(/\.\d+/, '');
  let name = stamp;
  for (let n = 2; store.runs.named(sampleId, name); n++) name = `${stamp}-${n}`;
  return name;
}

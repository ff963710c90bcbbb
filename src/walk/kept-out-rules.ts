import { basename } from 'node:path';
import type { ArrivalLimits } from '../grid/arrival.ts';
import {
  type ArrivingTile,
  areCentredAlike,
  arrivalOf,
  isApartInTime,
  type RunSoFar,
} from '../grid/arrival.ts';
import type { RunKey } from '../grid/run-key.ts';
import { isLarger, isMapOf, type ScaledPlace } from '../grid/stitched-map.ts';
import type { Store } from '../store/database.ts';
import type { StoredRun } from '../store/runs.ts';
import type { InversePair } from './inverse-pair.ts';
import { KeptOutError, keptOutReasons } from './kept-out.ts';
import { isPlaced, type PlacedTile, runSoFar } from './run-so-far.ts';

/** An image that was read, and how it is judged. */
export interface Arriving {
  readonly path: string;
  readonly key: RunKey;
  readonly place: ArrivingTile & ScaledPlace;
  readonly detector: string;
  readonly inverse: InversePair | null;
  readonly limits: ArrivalLimits;
  /** The detector whose images count everywhere; null: each run's first. */
  readonly wantedDetector: string | null;
  readonly nowMs: number;
}

/** A run of the image's folder, label and instrument. */
export interface Candidate {
  readonly run: StoredRun;
  readonly soFar: RunSoFar<PlacedTile>;
  /** As the first of its tiles names it, placed or not; empty where none does. */
  readonly detector: string;
}

/** Pixel sizes of one magnification differ by less than this share. */
const SAME_MAGNIFICATION = 1e-3;

/** @throws KeptOutError `other-detector` where one is configured, and this is another */
export function requireWantedDetector({ wantedDetector, ...arriving }: Arriving, latest?: Candidate): void {
  if (wantedDetector === null || !isOther(arriving.detector, wantedDetector)) return;
  const isBeside = latest && !isApartInTime(latest.soFar, arriving.place, arriving.limits.apartMs);
  throw new KeptOutError(
    arriving.path,
    'other-detector',
    keptOutReasons.otherDetector(arriving.detector, wantedDetector),
    { key: arriving.key, runId: isBeside ? latest.run.id : null },
  );
}

/** @throws KeptOutError `map` where the image shows several tiles of a run at once */
export function requireNoMap(store: Store, { path, key, place, limits, nowMs }: Arriving): void {
  if (!key.isPlaced) return;
  const { width, height } = place.fieldUm;
  const shown = store.neighbours
    .centredNear(key, place.stagePositionUm, { x: width / 2, y: height / 2 })
    .filter((tile) => isLarger(place, tile));
  for (const runId of new Set(shown.map((tile) => tile.runId))) {
    const run = store.runs.get(runId);
    if (!run || !isMapOf(place, store.tiles.placesOfRun(runId).filter(isPlaced))) continue;
    if (isApartInTime(runSoFar(store, run, path, nowMs), place, limits.apartMs)) continue;
    throw new KeptOutError(path, 'map', keptOutReasons.mapOf(run.name), { key, runId });
  }
}

/** @throws KeptOutError `inverted` where the image was made from a tile that is there */
export function requireNoCopy({ path, key, inverse }: Arriving): void {
  if (inverse?.copy !== 'arriving') return;
  const { runId, path: original } = inverse.tile;
  throw new KeptOutError(path, 'inverted', keptOutReasons.inverted(basename(original)), { key, runId });
}

/** Whether the run counts images of another detector than this one's. */
export function isOfOtherDetector(
  { detector: counted }: Candidate,
  { detector, wantedDetector }: Arriving,
): boolean {
  return wantedDetector === null && isOther(counted, detector);
}

/** @throws KeptOutError `other-detector` where the image would be a tile of the run but for its detector */
export function requireElsewhere(
  { run, soFar, detector: counted }: Candidate,
  { path, key, place, limits, detector }: Arriving,
): void {
  if (arrivalOf(soFar, place, limits).kind === 'is-elsewhere') return;
  const reason = keptOutReasons.otherDetector(detector, counted);
  throw new KeptOutError(path, 'other-detector', reason, { key, runId: run.id });
}

/** @throws KeptOutError `other-magnification` where the image shows the only place that a run has shown, larger or smaller */
export function requireOtherPlace({ run, soFar }: Candidate, { path, key, place, limits }: Arriving): void {
  const [only, ...more] = soFar.tiles;
  if (!key.isPlaced || !only || more.length > 0 || !areCentredAlike(only, place)) return;
  if (isApartInTime(soFar, place, limits.apartMs)) return;
  if (Math.abs(only.pixelSizeNm - key.pixelSizeNm) <= SAME_MAGNIFICATION * only.pixelSizeNm) return;
  const reason = keptOutReasons.otherMagnification(key.pixelSizeNm, only.pixelSizeNm);
  throw new KeptOutError(path, 'other-magnification', reason, { key, runId: run.id });
}

/** Files that do not name theirs differ from none. */
function isOther(one: string, other: string): boolean {
  return one !== '' && other !== '' && one !== other;
}

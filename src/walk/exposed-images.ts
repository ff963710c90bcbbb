import type { RunResults } from '../run/results.ts';
import type { Store } from '../store/database.ts';
import type { TileFiles } from '../watcher/tile-files.ts';
import type { ExposedImage } from './remember-tile.ts';
import type { createSetAside } from './set-aside.ts';

/**
 * Takes images out of their runs that turned out to be no tiles. Each is set aside first: where the process ends in
 * between, its next tile exposes it again.
 */
export function takeOut(
  images: readonly ExposedImage[],
  parts: {
    readonly store: Pick<Store, 'tiles' | 'runs'>;
    readonly setAside: ReturnType<typeof createSetAside>;
    readonly results: Pick<RunResults, 'changed'>;
    readonly nowMs: number;
  },
): void {
  const { store, setAside, results, nowMs } = parts;
  for (const { tile, fault } of images) {
    setAside(tile.path, fault, store.tiles.get(tile.id)?.file ?? null);
    store.tiles.supersede(tile.id);
    const run = store.runs.get(tile.runId);
    if (!run || run.id === fault.keptOut.runId) continue;
    if (store.tiles.placesOfRun(run.id).length === 0) {
      // Nothing is missing of a run that never was one.
      const reason = `its only image is none of its tiles: ${fault.code}`;
      store.runs.finalise(run.id, nowMs, { by: 'particled', reason });
      if (run.revision === 0) store.runs.setState(run.id, 'finalised');
    }
    if (run.revision > 0) results.changed(run.id);
  }
}

/** Whether the file was kept out of a run and is as it was then: at a start it is not judged again, by runs long gone. */
export async function isKeptOutStill(
  { unusable }: Pick<Store, 'unusable'>,
  files: Pick<TileFiles, 'isStill'>,
  path: string,
): Promise<boolean> {
  const listed = unusable.get(path);
  return listed !== undefined && (listed.keptOut?.runId ?? null) !== null && files.isStill(listed, path);
}

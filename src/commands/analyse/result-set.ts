import { existsSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { filterText, readFilter } from '../../config/particle-filter.ts';
import type { Config } from '../../config/schema.ts';
import { messageOf } from '../../errors.ts';
import { rangeText } from '../../inference/model/magnification-range.ts';
import type { Model } from '../../inference/model/model-folder.ts';
import { sampleSummary } from '../../report/sample/sample-summary.ts';
import { counted } from '../../statistics/numeric/figure-digits.ts';
import type { Store } from '../../store/database.ts';
import type { ModelUse, StoredTile } from '../../store/stored-tile.ts';
import { isSegmentedWith, type ModelOfTile, modelOfTile } from '../../walk/model-of-tile.ts';

/**
 * The models by which tiles are segmented: all of those installed, each at its magnifications, or the named one at all.
 * @throws Error naming those that there are
 */
export function modelsAsked(models: readonly Model[], name: string | null): readonly Model[] {
  if (name === null) return models;
  const model = models.find(({ manifest }) => manifest.name === name);
  if (model === undefined) {
    const known = models.map(({ manifest }) => `${manifest.name} (${rangeText(manifest.magnification)})`);
    throw new Error(`--model ${name}: is not installed; there are ${known.join(', ')}`);
  }
  return [{ ...model, manifest: { ...model.manifest, magnification: { from: 0, below: null } } }];
}

/**
 * Where results are kept, as an absolute path.
 * @throws Error where it is the daemon's: its messages that wait for the broker would be lost
 */
export function keptStoreFile({ store }: Pick<Config, 'store'>, file: string): string {
  const path = resolve(file);
  const real = (name: string): string => (existsSync(name) ? realpathSync(name) : resolve(name));
  if (real(path) === real(store.file))
    throw new Error(`--store ${file}: is the store of the daemon (store.file); give it a file of its own`);
  return path;
}

/** How results come about. */
export interface Way {
  readonly models: readonly Model[];
  /** As `statistics.filter`. */
  readonly filter: string | null;
  /** As `statistics.diameter`. */
  readonly diameter: Config['statistics']['diameter'];
}

/** What to do where a store holds results that came about in another way. */
const ADVICE =
  'one store holds the results of one way alone, so give this one a --store and an --out of its own: ' +
  'the first results stay, and particled compare holds them against each other';

/**
 * A store holds one set of results: all of its tiles are segmented alike, and counted by one filter and diameter.
 * @throws Error where what it holds came about otherwise than it would now
 */
export function requireOneSet(
  store: Pick<Store, 'tiles' | 'runs' | 'summaries'>,
  way: Way,
  storeFile: string,
): void {
  requireModels(store, way, storeFile);
  const run = store.runs.newest('measured');
  const summary = run && store.summaries.latest(run.id);
  if (summary === undefined) return;
  const { filter, diameter = 'area' } = sampleSummary(summary.payload).statistics;
  if (diameter !== way.diameter)
    throw new Error(
      `${storeFile}: its sizes are by statistics.diameter ${diameter}, and now it would be ${way.diameter}; ${ADVICE}`,
    );
  const before = filter?.expression ?? null;
  const now = way.filter === null ? null : filterText(readFilter(way.filter));
  if (before === now) return;
  const [was, is] = [before, now].map((filter) => (filter === null ? 'no filter' : `the filter ${filter}`));
  throw new Error(`${storeFile}: its particles are counted by ${was}, and now it would be ${is}; ${ADVICE}`);
}

/**
 * Files that were seen keep the size of a pixel that was stated then. Some of them may have it from a file beside them, so
 * that another one now is no fault.
 * @returns null where nothing else was stated
 */
export function restatedText(
  { runs }: Pick<Store, 'runs'>,
  pixelSizeNm: number | null,
  storeFile: string,
): string | null {
  if (pixelSizeNm === null) return null;
  const stated = runs.all().filter((run) => run.pixelSizeSource === 'stated');
  const other = stated.find((run) => run.pixelSizeNm !== pixelSizeNm);
  if (other === undefined) return null;
  return (
    `${storeFile}: ${other.sampleLabel} was measured with a stated pixel of ${other.pixelSizeNm} nm and stays so; ` +
    `to measure it with ${pixelSizeNm} nm give this a --store and an --out of its own`
  );
}

function requireModels({ tiles }: Pick<Store, 'tiles'>, { models }: Way, storeFile: string): void {
  for (const tile of tiles.segmentedSamples()) {
    const wanted = wantedFor(models, tile);
    if (typeof wanted !== 'string' && isSegmentedWith(tile.model, wanted, undefined)) continue;
    const now = typeof wanted === 'string' ? wanted : useText(wanted);
    throw new Error(
      `${storeFile}: holds ${counted(tiles.countByState().segmented, 'tile')} segmented by ${useText(tile.model)}, ` +
        `and now it would be by ${now}; ${ADVICE}`,
    );
  }
}

/** What a tile would be segmented with; why it would not, in words. */
function wantedFor(models: readonly Model[], tile: StoredTile): ModelOfTile | string {
  try {
    return modelOfTile(models, null, tile);
  } catch (error) {
    return `none (${messageOf(error)})`;
  }
}

function useText(use: ModelUse | ModelOfTile | null): string {
  if (use === null) return 'an unknown model';
  const thresholds = Object.entries(use.thresholds).map(([name, value]) => `${name} ${value}`);
  return `${use.name} (SHA-256 ${use.sha256.slice(0, 12)}; ${thresholds.join(', ')})`;
}

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadModels, packagedModelsFolder } from '../../src/inference/model/model-folder.ts';
import { silentLogger } from '../../src/logger.ts';
import { tileSchema } from '../../src/publish/schema/tile.ts';
import { startSegmenterPool } from '../../src/segmenter/pool.ts';
import { openStoreReadOnly } from '../../src/store/database.ts';
import { contentHashOf } from '../../src/watcher/content-hash.ts';
import { strip } from '../support/tiles.ts';
import type { Entry } from './ledger.ts';

/** Particles of a file, by its name; null where it cannot be segmented. */
type Counts = ReadonlyMap<string, number | null>;

/** How many particles each tile has where a segmenter of this computer is asked alone, with this model. */
export async function knownCounts(
  folder: string,
  tiles: readonly Buffer[],
  modelName: string,
): Promise<number[]> {
  const models = await loadModels(packagedModelsFolder);
  const model = models.find(({ manifest }) => manifest.name === modelName);
  if (!model) throw new Error(`no model ${modelName}`);
  const pool = await startSegmenterPool({
    entry: new URL('../../src/segmenter/process.ts', import.meta.url),
    ...{ processes: 1, threadsPerProcess: 1, modelsFolder: packagedModelsFolder, polarity: 'bright' },
    ...{ timeoutMs: 120_000, logger: silentLogger },
  });
  try {
    const counts: number[] = [];
    for (const bytes of tiles) {
      const path = join(folder, 'known.tiff');
      writeFileSync(path, bytes);
      const { name, thresholds } = model.manifest;
      const { particles } = await pool.segment({
        ...{ path, within: folder, contentHash: await contentHashOf(path), databarHeightPx: 0 },
        ...{ pixelSizeNm: (strip.fieldWidthUm / strip.widthPx) * 1000, stagePositionUm: { x: 0, y: 0 } },
        ...{ scanRotationRad: 0, model: name, thresholds, overlayPath: null },
      });
      counts.push(particles.length);
    }
    return counts;
  } finally {
    await pool.close();
  }
}

/** Whether every file was announced, with as many particles as it has. */
export function countFaults(entries: readonly Entry[], known: Counts): string[] {
  const told = new Map<string, number | null>();
  for (const { topic, payload } of entries) {
    if (!topic.endsWith('/tile')) continue;
    const { tile, counts } = tileSchema.parse(JSON.parse(payload));
    told.set(tile.file, counts?.all ?? null);
  }
  return [...known].flatMap(([file, count]) =>
    told.get(file) === count ? [] : [`${file} was told with ${told.get(file)} particles, it has ${count}`],
  );
}

/** The model that tiles were told to be segmented by. */
export function modelTold(entries: readonly Entry[]): string {
  for (const { topic, payload } of entries) {
    const model = topic.endsWith('/tile') ? tileSchema.parse(JSON.parse(payload)).provenance.model : null;
    if (model) return model.name;
  }
  throw new Error('no tile was told to be segmented');
}

/** The same of the store: each tile once, with all its particles and no more. */
export function storeFaults(storeFile: string, known: Counts): string[] {
  const store = openStoreReadOnly(storeFile);
  try {
    const failed = [...known.values()].filter((count) => count === null).length;
    const expected = { seen: 0, segmented: known.size - failed, failed, superseded: 0 };
    const states = store.tiles.countByState();
    const rows = store.runs.all().reduce((sum, { id }) => sum + [...store.particles.rowsOfRun(id)].length, 0);
    const particles = [...known.values()].reduce<number>((sum, count) => sum + (count ?? 0), 0);
    return [
      ...Object.entries(expected)
        .filter(([state, count]) => states[state as keyof typeof states] !== count)
        .map(
          ([state, count]) =>
            `the store has ${states[state as keyof typeof states]} tiles ${state}, expected ${count}`,
        ),
      ...(rows === particles ? [] : [`the store has ${rows} particles, expected ${particles}`]),
    ];
  } finally {
    store.close();
  }
}

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Particle } from '../../src/measure/particle.ts';
import { writeOverlay } from '../../src/report/overlay.ts';
import { overlayPath } from '../../src/report/sample/sample-files.ts';
import type { SampleRecord } from '../../src/report/sample/sample-writing.ts';
import { openStore } from '../../src/store/database.ts';
import type { StoredTile } from '../../src/store/stored-tile.ts';
import { exampleParticle, exampleRun, seenTile, segmentedTile } from '../store/examples.ts';
import { smallSummary } from './sample/example-summary.ts';

/** What a store gives of a first tile with these particles, at row 0 and column 0. */
function measuredBy(particles: readonly Particle[]): Pick<SampleRecord, 'columns' | 'pieces'> {
  const store = openStore(':memory:');
  const { id } = store.runs.create(exampleRun);
  const { tileId } = store.tiles.noteSeen(seenTile(id, 'a'));
  store.results.recordResult(tileId, { ...segmentedTile(particles), site: { row: 0, column: 0 } }, []);
  const columns = [...store.particles.columnsOfRun(id)];
  const pieces = [...store.particles.rowsOfRun(id)];
  store.close();
  return { columns, pieces };
}

/** Three places: a tile with three particles, whose overlay lies in the folder, one that failed, one missing. */
export async function exampleRecord(folder: string): Promise<SampleRecord> {
  const { file, metadata } = seenTile(1, 'a');
  const tile: StoredTile = {
    ...{ id: 1, file, metadata, runId: 1, site: { row: 0, column: 0 }, state: 'segmented', attempts: 1 },
    ...{
      fieldUm: { width: 96, height: 60 },
      reason: null,
      model: null,
      quality: { greyMean: 99.5 },
      sight: null,
    },
    ...{ again: false, seenAtMs: 0 },
  };
  const failed: StoredTile = {
    ...{ ...tile, id: 2, file: seenTile(1, 'b').file, site: { row: 0, column: 1 }, state: 'failed' },
    ...{ reason: 'the segmenter ended', quality: null },
  };
  const pixels = Uint8Array.from({ length: 1920 * 1200 }, (_, i) => 60 + (i % 90));
  mkdirSync(join(folder, 'overlays'), { recursive: true });
  const picture = { widthPx: 1920, heightPx: 1200, pixels };
  await writeOverlay(overlayPath(folder, file.path, file.contentHash), picture, []);
  const particles = [0.9, 0.3, 0.5].map((confidence) => ({ ...exampleParticle(3), confidence }));
  return { summary: smallSummary, tiles: [tile, failed], ...measuredBy(particles) };
}

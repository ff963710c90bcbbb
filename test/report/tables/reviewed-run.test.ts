import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { shownRun } from '../../../src/report/particles/shown-run.ts';
import { tilePage } from '../../../src/report/particles/tile-page.ts';
import { sampleSummary } from '../../../src/report/sample/sample-summary.ts';
import { openRunTables } from '../../../src/report/tables/run-tables.ts';
import { createReviewing } from '../../../src/requests/reviewing.ts';
import { exampleParticle } from '../../store/examples.ts';
import { premises } from '../../support/premises.ts';
import { writeSmallTile } from '../../support/small-tile.ts';
import { walkOn } from '../../support/walk.ts';

it('tables and pages call a piece as the model did, and say which a reviewer drew or judged', async () => {
  const place = premises();
  const { store, parts, pipeline, take } = await walkOn(place, {
    settings: { statistics: { border: 'include' }, grid: { rows: 1, columns: 1 } },
    segment: () => [10, 20, 30].map((areaUm2) => exampleParticle(areaUm2)),
  });
  await take(writeSmallTile(place.exportFolder, { name: 'a.tiff' }));
  const reviewing = createReviewing({ store, models: parts.models, changed: pipeline.changed });
  const [tile] = store.tiles.ofRun(1);
  const { contentHash } = tile!.file;
  // 4 px of 2.5 um: 100 um2.
  const outlinePx = [[8, 4, 12, 4, 12, 8, 8, 8]];
  reviewing.correct(contentHash, 'Ada', { kind: 'delete', of: 0 });
  reviewing.correct(contentHash, 'Ada', { kind: 'draw', outlinePx, certain: true });
  reviewing.correct(contentHash, 'Bo', { kind: 'judge', of: 2, certain: false });
  const run = store.runs.get(1)!;
  reviewing.review(run.sampleId, run.name, 'Ada');
  await pipeline.idle();

  const record = {
    summary: sampleSummary(store.summaries.latest(1)?.payload),
    tiles: store.tiles.ofRun(1),
    columns: [...store.particles.columnsOfRun(1)],
  };
  const dialect = { separator: ',', decimalMark: '.' } as const;
  const tables = await openRunTables(place.folder, ['csv'], dialect, { withSamples: true });
  await tables.add({ ...record, pieces: store.particles.rowsOfRun(1) });
  await tables.close();
  const rowsOf = (name: string) => {
    const text = readFileSync(join(place.folder, `${name}.csv`), 'utf8').replace('\uFEFF', '');
    const [head, ...rows] = text
      .trim()
      .split('\r\n')
      .map((row) => row.split(','));
    return rows.map((row) => Object.fromEntries(head!.map((column, at) => [column, row[at]])));
  };
  const pieces = rowsOf('pieces').map((row) => [
    row.number,
    row.areaUm2,
    row.particle,
    row.certain,
    row.source,
  ]);
  expect(pieces).toEqual([
    ['1', '20', '0', 'true', 'model'],
    ['2', '30', '1', 'false', 'reviewer'],
    ['3', '100', '2', 'true', 'reviewer'],
  ]);
  const particles = rowsOf('particles').map((row) => [row.areaUm2, row.pieces, row.certain, row.source]);
  expect(particles).toEqual([
    ['20', 'a.tiff 1', 'true', 'model'],
    ['30', 'a.tiff 2', 'false', 'reviewer'],
    ['100', 'a.tiff 3', 'true', 'reviewer'],
  ]);
  expect(readFileSync(join(place.folder, 'samples.csv'), 'utf8')).toContain(',"Ada; Bo",3,');

  const shown = shownRun(record);
  const page = tilePage(shown, [...shown.tiles.values()][0]!, []);
  expect([...page.matchAll(/<tr id="p(\d)"/g)].map(([, number]) => number)).toEqual(['1', '2', '3']);
  expect(page.match(/Corrected by a reviewer/g)).toHaveLength(2);
  expect(page).toContain('Reviewers corrected this tile (2 pieces drawn or judged by them)');
});

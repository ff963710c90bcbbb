import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { classPage } from '../../../src/report/particles/class-page.ts';
import { galleries } from '../../../src/report/particles/galleries.ts';
import { boxPxOf, type ShownRun, shownRun } from '../../../src/report/particles/shown-run.ts';
import { sizeClasses } from '../../../src/report/particles/size-classes.ts';
import { tilePage } from '../../../src/report/particles/tile-page.ts';
import { type SampleSummary, sampleSummary } from '../../../src/report/sample/sample-summary.ts';
import type { MeasuredRun } from '../../../src/report/tables/counted-run.ts';
import { openStoreReadOnly, type StoreReader } from '../../../src/store/database.ts';
import { storeDiscRun } from '../../support/disc-run.ts';

/** Discs at 1 um a pixel on 2 x 3 tiles, some across seams, one piece in eight uncertain. */
let run: ShownRun;
let record: MeasuredRun;
let store: StoreReader;
beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), 'particled-pages-'));
  const file = join(folder, 'particled.db');
  const runId = storeDiscRun(file, { rows: 2, columns: 3, overlap: 0, label: '<i>discs</i>' });
  store = openStoreReadOnly(file);
  record = {
    summary: sampleSummary(store.summaries.latest(runId)?.payload),
    tiles: store.tiles.ofRun(runId),
    columns: [...store.particles.columnsOfRun(runId)],
  };
  run = shownRun(record);
  return () => {
    store.close();
    rmSync(folder, { recursive: true });
  };
});

describe('the pages behind a figure', () => {
  it('put every counted particle into one class of the histogram, as often as the summary counts', () => {
    const classes = sizeClasses(run);
    const { counts } = run.summary.statistics.all.diameterEquivalentUm!.histogram;
    expect(classes.map(({ particles }) => particles.length)).toEqual(counts);
    expect(classes.flatMap(({ particles }) => particles.map(({ number }) => number))).toEqual([
      ...run.particles.keys(),
    ]);
    expect(new Set(classes.map(({ page }) => page)).size).toBe(classes.length);
  });

  it('show a box where the store has it', () => {
    for (const tile of run.tiles.values()) {
      for (const [index, { boxPx }] of store.particles.ofTile(tile.tile.id).entries()) {
        expect(boxPxOf({ tile, index })).toEqual(boxPx);
      }
    }
  });

  it('lead from a class to each piece of its particles, and there is a row of that name', () => {
    const pages = new Map(
      [...run.tiles.values()].map((tile) => [`tiles/${tile.stem}.html`, tilePage(run, tile, [])]),
    );
    const classes = sizeClasses(run);
    let led = 0;
    for (const [at, { particles }] of classes.entries()) {
      if (particles.length === 0) continue;
      const page = classPage(run, classes, at, () => []);
      for (const [, path, id] of page.matchAll(/href="\.\.\/(tiles\/[^"#]+)#(p\d+)"/g)) {
        expect(pages.get(decodeURIComponent(path!))).toContain(`<tr id="${id}"`);
        led++;
      }
    }
    const pieces = run.particles.reduce((sum, one) => sum + one.pieces.length, 0);
    expect(led).toBeGreaterThanOrEqual(pieces);
  });

  it('say of a piece which particle it is part of, or why it is not counted', () => {
    const [tile] = run.tiles.values();
    const page = tilePage(run, tile!, []);
    for (const number of tile!.columns.areaUm2.keys()) {
      const fate = run.fateOf(tile!.tile.id, number);
      const cell = fate.particle ?? ` <small>${fate.because}</small>`;
      expect(page).toMatch(
        new RegExp(`<tr id="p${number}"[^>]*><th[^>]*><a[^>]*>${number}</a></th><td>${cell}</td>`),
      );
    }
    expect(page).toContain('&lt;i&gt;discs&lt;/i&gt;');
    expect(page).not.toMatch(/<i>discs|<script|https?:/);
  });

  it('show the uncertain first, then those of which a smaller piece is doubted', () => {
    const { particles, note } = galleries(run.particles).find(({ name }) => name === 'uncertain')!;
    const uncertain = run.particles.filter(({ certain }) => !certain);
    const doubted = run.particles.filter(
      ({ certain, pieces }) => certain && pieces.some(({ tile, number }) => tile.certain[number] === 0),
    );
    expect([uncertain.length, doubted.length]).toEqual([4, 1]); // room for six
    expect(note).toBe(
      'Of 4 by confidence. Of 1 a smaller piece at a border is doubted; a joined particle is judged by its largest.',
    );
    expect(new Set(particles.slice(0, 4))).toEqual(new Set(uncertain));
    expect(particles.slice(4)).toEqual(doubted);
  });

  it('leave out of classes and galleries what the filter lets out, and say so in its tile', () => {
    const { statistics } = record.summary;
    const middle = run.particles[Math.floor(run.particles.length / 2)]!.areaUm2;
    const filter = { expression: `areaUm2 > ${middle}` };
    const filtered = shownRun({
      ...record,
      summary: { ...record.summary, statistics: { ...statistics, filter } } as SampleSummary,
    });
    const small = run.particles.filter(({ areaUm2 }) => areaUm2 <= middle);
    expect(filtered.counting).toHaveLength(run.particles.length - small.length);
    const smallest = galleries(filtered.counting).find(({ name }) => name === 'smallest')!;
    expect(smallest.particles[0]!.areaUm2).toBeGreaterThan(middle);
    const { tile, number } = run.particles[0]!.pieces[0]!;
    expect(tilePage(filtered, filtered.tiles.get(tile.tileId)!, [])).toMatch(
      new RegExp(`<tr id="p${number}".*<td>0 <small>filtered out</small></td>`),
    );
  });
});

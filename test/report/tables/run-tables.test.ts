import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { expect, it } from 'vitest';
import { type SampleSummary, sampleSummary } from '../../../src/report/sample/sample-summary.ts';
import { standardCsv } from '../../../src/report/tables/csv-file.ts';
import { openRunTables } from '../../../src/report/tables/run-tables.ts';
import type { Estimate } from '../../../src/statistics/size-statistics.ts';
import { openStoreReadOnly } from '../../../src/store/database.ts';
import { storeDiscRun } from '../../support/disc-run.ts';
import { premises } from '../../support/premises.ts';

/** Writes the tables of a run of discs in both formats. */
async function tabled(run: { rows: number; columns: number; overlap?: number }) {
  const { folder, storeFile } = premises();
  const runId = storeDiscRun(storeFile, run);
  const store = openStoreReadOnly(storeFile);
  const summary = sampleSummary(store.summaries.latest(runId)?.payload);
  const tables = await openRunTables(folder, ['csv', 'parquet'], standardCsv, { withSamples: true });
  await tables.add({
    summary,
    tiles: store.tiles.ofRun(runId),
    columns: [...store.particles.columnsOfRun(runId)],
    pieces: store.particles.rowsOfRun(runId),
  });
  await tables.close();
  store.close();
  return { folder, summary };
}

type Row = Readonly<Record<string, string>>;

/** Nothing in these tables is quoted. */
function rowsOf(folder: string, name: string): Row[] {
  const [head = '', ...lines] = readFileSync(join(folder, `${name}.csv`), 'utf8')
    .trimEnd()
    .split('\r\n');
  const names = head.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, at) => [names[at], cell])));
}

/** The figures of rows of the table, with nothing of the daemon's own: as docs/tables.md says. */
function figuresOf(rows: readonly Row[]) {
  const column = (name: string) => rows.map((row) => Number(row[name]));
  const [areas, diameters, weights] = ['areaUm2', 'diameterEquivalentUm', 'weight'].map(column);
  const whole = weights!.reduce((sum, weight) => sum + weight, 0);
  const valueAt = (values: number[], of: number[], reached: (sum: number) => boolean) => {
    let sum = 0;
    return values.find((_, at) => {
      sum += of[at]!;
      return reached(sum);
    })!;
  };
  const byNumber = (p: number) => {
    const rank = (whole - 1) * p;
    const at = (place: number) => valueAt(diameters!, weights!, (sum) => sum > place);
    const low = at(Math.floor(rank));
    return low + (rank % 1) * (at(Math.floor(rank) + 1) - low);
  };
  const volumes = rows.map((_, i) => weights![i]! * diameters![i]! ** 3);
  const volume = volumes.reduce((sum, one) => sum + one, 0);
  const byVolume = (p: number) => valueAt(diameters!, volumes, (sum) => sum >= p * volume);
  const figures = [
    areas!.reduce((sum, area, i) => sum + area * weights![i]!, 0) / whole,
    ...[0.1, 0.5, 0.9].map(byNumber),
    ...[0.1, 0.5, 0.9].map(byVolume),
  ];
  return [rows.length, ...figures.map((figure) => Number(figure.toPrecision(9)))];
}

function publishedOf(group: SampleSummary['statistics']['all']) {
  const { areaUm2, diameterEquivalentUm: byNumber, diameterByVolumeUm: byVolume } = group;
  const percentiles = (of: { d10: Estimate; d50: Estimate; d90: Estimate }) => [of.d10, of.d50, of.d90];
  const figures = [areaUm2!.mean, ...percentiles(byNumber!), ...percentiles(byVolume!)];
  return [group.count, ...figures.map(({ value }) => value)];
}

it.each([0, 10])(
  'the counted particles give every published figure to its last digit, tiles overlapping by %i um',
  async (overlap) => {
    const { folder, summary } = await tabled({ rows: 3, columns: 4, overlap });
    const particles = rowsOf(folder, 'particles');
    const { all, certain, uncertain, border } = summary.statistics;
    expect(figuresOf(particles)).toEqual(publishedOf(all));
    const ofCertainty = (word: string) => particles.filter((row) => row.certain === word);
    expect(figuresOf(ofCertainty('true'))).toEqual(publishedOf(certain));
    expect(figuresOf(ofCertainty('false'))).toEqual(publishedOf(uncertain));
    const joined = particles.filter(({ pieceCount }) => Number(pieceCount) > 1).length;
    expect(joined).toBeGreaterThan(0);
    expect(joined).toBeLessThanOrEqual(border.joined); // less what the outer border cuts
  },
);

it('every number leads to its pieces and back', async () => {
  const { folder, summary } = await tabled({ rows: 2, columns: 3, overlap: 20 });
  const pieces = rowsOf(folder, 'pieces');
  const particles = rowsOf(folder, 'particles');
  for (const {
    particle,
    pieces: names,
    certain,
    confidence,
    uncertainBecause,
    tile,
    circularity,
    weightOfShape,
    pieceCount,
  } of particles) {
    const own = pieces.filter((piece) => piece.particle === particle);
    expect(names!.split(' + ').sort()).toEqual(own.map((piece) => `${piece.tile} ${piece.number}`).sort());
    const largest = own.reduce((best, piece) =>
      Number(piece.areaUm2) > Number(best.areaUm2) ? piece : best,
    );
    expect(tile).toBe(largest.tile);
    expect([certain, confidence]).toEqual([largest.certain, largest.confidence]);
    const isWhole = pieceCount === '1' && largest.touchesBorder === 'false';
    expect(circularity).toBe(isWhole ? largest.circularity : '');
    expect(weightOfShape === '').toBe(!isWhole);
    const why = pieceCount === '1' ? 'outline' : 'largest piece';
    expect(uncertainBecause).toBe(certain === 'true' ? '' : why);
  }
  const fates = new Set(
    pieces.map(({ particle, notCountedBecause: why }) => (particle === '' ? why : 'counted')),
  );
  expect([...fates].sort()).toEqual(['counted', 'cut by a border', 'seen twice']);
  const tiles = rowsOf(folder, 'tiles');
  const shaped = particles.filter(({ weightOfShape }) => weightOfShape !== '');
  expect(shaped).toHaveLength(summary.statistics.shape!.all.count);
  const weights = shaped.reduce((sum, { weightOfShape }) => sum + Number(weightOfShape), 0);
  const mean =
    shaped.reduce((sum, one) => sum + Number(one.circularity) * Number(one.weightOfShape), 0) / weights;
  expect(Number(mean.toPrecision(9))).toBe(summary.statistics.shape?.all.circularity?.mean.value);
  const counted = tiles.reduce((sum, { particlesCounted }) => sum + Number(particlesCounted), 0);
  expect(counted).toBe(summary.statistics.all.count);
  expect(rowsOf(folder, 'samples')).toMatchObject([
    { particles: String(counted), d50Um: String(summary.statistics.all.diameterEquivalentUm?.d50.value) },
  ]);
});

it('Parquet holds the same as CSV, and no number has more than twelve digits', async () => {
  const { folder } = await tabled({ rows: 2, columns: 2 });
  for (const name of ['particles', 'pieces', 'tiles', 'samples']) {
    const file = await asyncBufferFromFile(join(folder, `${name}.parquet`));
    const rows = await parquetReadObjects({ file });
    const text = (value: unknown) => (value instanceof Date ? value.toISOString() : String(value ?? ''));
    const asText = rows.map((row) =>
      Object.fromEntries(Object.entries(row).map(([key, value]) => [key, text(value)])),
    );
    expect(asText).toEqual(rowsOf(folder, name));
    const numbers = asText.flatMap((row) => Object.values(row)).filter((cell) => /^-?\d+\.\d+$/.test(cell));
    expect(numbers.filter((cell) => cell.replace(/^-?0?\.?0*|\./g, '').length > 12)).toEqual([]);
  }
});

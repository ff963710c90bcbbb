import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fieldOnStage } from '../../grid/scan-frame.ts';
import type { StoredTile } from '../../store/stored-tile.ts';
import { chartParticles } from '../charts/chart-particles.ts';
import { drawMosaic, type Mosaic } from '../mosaic.ts';
import { writeCrops } from '../particles/crop-writing.ts';
import { writeParticlePages } from '../particles/page-writing.ts';
import { type ShownRun, shownRun } from '../particles/shown-run.ts';
import { openRunTables, type TabledRun } from '../tables/run-tables.ts';
import { csvDialect, type TableSettings, tableFormats } from '../tables/table-settings.ts';
import { writeWhole } from '../whole-file.ts';
import { placedTiles } from './placed-tiles.ts';
import { reportPage } from './report-page.ts';
import { type SampleCharts, sampleCharts } from './sample-charts.ts';

/** All that is known of a finished sample. */
export type SampleRecord = TabledRun;

/**
 * Writes tables, charts, mosaic, crops, the pages of tiles and size classes, `report.html` and `summary.json` of a finished sample into its folder, where
 * the segmenters have put the overlays.
 */
export async function writeSampleFiles(
  folder: string,
  record: SampleRecord,
  settings: TableSettings,
): Promise<void> {
  const { summary, tiles } = record;
  await mkdir(join(folder, 'charts'), { recursive: true });
  await writeTables(folder, record, settings);
  const run = shownRun(record);
  const charts = await writeCharts(folder, record, run);
  const mosaic = await writeMosaic(folder, record);
  const galleries = await writeCrops(folder, run);
  await writeParticlePages(folder, run);
  const page = reportPage({
    summary,
    imaged: imagedBetween(tiles),
    charts,
    mosaic: mosaic?.preview ?? null,
    ...{ run, galleries },
  });
  await writeWhole(join(folder, 'report.html'), page);
  // Last: its revision says that the other files are of it.
  const { schema, ...rest } = summary;
  const unsent = { schema, sequence: null, ...rest };
  await writeWhole(join(folder, 'summary.json'), `${JSON.stringify(unsent, null, 2)}\n`);
}

/** A format that is no longer wanted goes with the earlier revision. */
async function writeTables(folder: string, run: TabledRun, settings: TableSettings): Promise<void> {
  const formats = tableFormats(settings);
  const tables = await openRunTables(folder, formats, csvDialect(settings), { withSamples: false });
  try {
    await tables.add(run);
    await tables.close();
  } catch (error) {
    await tables.abandon();
    throw error;
  }
  for (const format of ['csv', 'parquet'] as const) {
    if (formats.includes(format)) continue;
    for (const name of ['particles', 'pieces', 'tiles']) {
      await rm(join(folder, `${name}.${format}`), { force: true });
    }
  }
}

async function writeCharts(
  folder: string,
  { summary, tiles: [first] }: SampleRecord,
  { particles }: ShownRun,
): Promise<SampleCharts> {
  const field = first && fieldOnStage(first.fieldUm, first.metadata.scanRotationRad);
  const tileAspect = field ? field.width / field.height : 1;
  const charts = await sampleCharts(summary, chartParticles(particles), tileAspect);
  for (const chart of [charts.distribution, charts.shape, ...charts.maps]) {
    if (!chart) continue;
    const path = join(folder, 'charts', chart.name);
    await writeWhole(`${path}.svg`, chart.wide.light.svg);
    await writeWhole(`${path}.png`, chart.wide.light.png);
  }
  return charts;
}

/** Null where no tile has a place on a grid. */
async function writeMosaic(folder: string, { summary, tiles }: SampleRecord): Promise<Mosaic | null> {
  const { rows, columns } = summary.coverage;
  const placed = placedTiles(folder, summary, tiles);
  const mosaic = placed.length === 0 ? null : await drawMosaic(placed, { rows, columns });
  await writeWhole(join(folder, 'mosaic.jpg'), mosaic?.jpeg ?? null);
  await writeWhole(join(folder, 'mosaic-preview.jpg'), mosaic?.preview ?? null);
  return mosaic;
}

function imagedBetween(tiles: readonly StoredTile[]): { first: string; last: string } | null {
  const times = tiles.map(({ metadata }) => metadata.acquiredAt).filter((time) => time !== '');
  times.sort();
  const [first] = times;
  return first === undefined ? null : { first, last: times.at(-1) ?? first };
}

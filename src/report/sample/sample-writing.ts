import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fieldOnStage, quarterTurns } from '../../grid/scan-frame.ts';
import type { ParticleOfTile } from '../../store/particles.ts';
import type { StoredTile } from '../../store/stored-tile.ts';
import { chartParticles } from '../charts/chart-particles.ts';
import { drawMosaic, type Mosaic, type MosaicTile } from '../mosaic.ts';
import type { PictureSource } from '../overlay-picture.ts';
import { particleCrop } from '../particle-crop.ts';
import { countedRun } from '../tables/counted-run.ts';
import { openRunTables, type TabledRun } from '../tables/run-tables.ts';
import { csvDialect, type TableSettings, tableFormats } from '../tables/table-settings.ts';
import { writeWhole } from '../whole-file.ts';
import { leastConfident } from './least-confident.ts';
import { reportPage } from './report-page.ts';
import type { PicturedParticle } from './report-pictures.ts';
import { type SampleCharts, sampleCharts } from './sample-charts.ts';
import { overlayPath } from './sample-files.ts';

/** All that is known of a finished sample. */
export type SampleRecord = TabledRun;

const CROPS = 3;

/**
 * Writes tables, charts, mosaic, crops, `report.html` and `summary.json` of a finished sample into its folder, where
 * the segmenters have put the overlays.
 */
export async function writeSampleFiles(
  folder: string,
  record: SampleRecord,
  settings: TableSettings,
): Promise<void> {
  const { summary, tiles } = record;
  for (const part of ['charts', 'crops']) await mkdir(join(folder, part), { recursive: true });
  const leftOut = leftOutIds(record);
  const least = leastConfident(CROPS, (tileId) => !leftOut.has(tileId));
  await writeTables(folder, record, settings, least.note);
  const charts = await writeCharts(folder, record);
  const mosaic = await writeMosaic(folder, record, leftOut);
  const pictured = await writeCrops(folder, least.particles, tiles);
  const page = reportPage({
    summary,
    imaged: imagedBetween(tiles),
    charts,
    mosaic: mosaic?.preview ?? null,
    leastConfident: pictured,
  });
  await writeWhole(join(folder, 'report.html'), page);
  // Last: its revision says that the other files are of it.
  const { schema, ...rest } = summary;
  const unsent = { schema, sequence: null, ...rest };
  await writeWhole(join(folder, 'summary.json'), `${JSON.stringify(unsent, null, 2)}\n`);
}

/** A format that is no longer wanted goes with the earlier revision. */
async function writeTables(
  folder: string,
  run: TabledRun,
  settings: TableSettings,
  seen: (piece: ParticleOfTile) => void,
): Promise<void> {
  const formats = tableFormats(settings);
  const tables = await openRunTables(folder, formats, csvDialect(settings), { withSamples: false });
  try {
    await tables.add(run, seen);
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

function leftOutIds({ summary, tiles }: SampleRecord): ReadonlySet<number> {
  const hashes = new Set(summary.imaging.tiles.map(({ contentHash }) => contentHash));
  return new Set(tiles.filter(({ file }) => hashes.has(file.contentHash)).map(({ id }) => id));
}

async function writeCharts(folder: string, record: SampleRecord): Promise<SampleCharts> {
  const [first] = record.tiles;
  const particles = chartParticles(countedRun(record).particles());
  const field = first && fieldOnStage(first.fieldUm, first.metadata.scanRotationRad);
  const charts = await sampleCharts(record.summary, particles, field ? field.width / field.height : 1);
  for (const chart of [charts.distribution, charts.shape, ...charts.maps]) {
    if (!chart) continue;
    const path = join(folder, 'charts', chart.name);
    await writeWhole(`${path}.svg`, chart.wide.light.svg);
    await writeWhole(`${path}.png`, chart.wide.light.png);
  }
  return charts;
}

/** Null where no tile has a place on a grid. */
async function writeMosaic(
  folder: string,
  { summary, tiles }: SampleRecord,
  leftOut: ReadonlySet<number>,
): Promise<Mosaic | null> {
  const { rows, columns } = summary.coverage;
  const placed = tiles.flatMap((tile): MosaicTile[] => {
    const { site } = tile;
    if (tile.state === 'seen' || site === null || site.row >= rows || site.column >= columns) return [];
    const { widthPx, heightPx } = tile.file;
    const state = leftOut.has(tile.id) ? 'left-out' : tile.state === 'failed' ? 'failed' : 'segmented';
    const { databarHeightPx, scanRotationRad } = tile.metadata;
    const sizePx = fieldOnStage({ width: widthPx, height: heightPx - databarHeightPx }, scanRotationRad);
    const turns = quarterTurns(scanRotationRad);
    return [{ ...site, ...pictureOf(folder, tile), state, turns, sizePx }];
  });
  const mosaic = placed.length === 0 ? null : await drawMosaic(placed, { rows, columns });
  await writeWhole(join(folder, 'mosaic.jpg'), mosaic?.jpeg ?? null);
  await writeWhole(join(folder, 'mosaic-preview.jpg'), mosaic?.preview ?? null);
  return mosaic;
}

async function writeCrops(
  folder: string,
  particles: readonly ParticleOfTile[],
  tiles: readonly StoredTile[],
): Promise<PicturedParticle[]> {
  const byId = new Map(tiles.map((tile) => [tile.id, tile]));
  const pictured: PicturedParticle[] = [];
  for (let place = 0; place < CROPS; place++) {
    const particle = particles[place];
    const tile = particle && byId.get(particle.tileId);
    const png = tile ? await particleCrop(pictureOf(folder, tile), particle.particle) : null;
    await writeWhole(join(folder, 'crops', `least-confident-${place + 1}.png`), png);
    if (particle) pictured.push({ particle, png });
  }
  return pictured;
}

function pictureOf(folder: string, { file, metadata }: StoredTile): PictureSource {
  return {
    overlayPath: overlayPath(folder, file.path, file.contentHash),
    path: file.path,
    contentHash: file.contentHash,
    databarHeightPx: metadata.databarHeightPx,
  };
}

function imagedBetween(tiles: readonly StoredTile[]): { first: string; last: string } | null {
  const times = tiles.map(({ metadata }) => metadata.acquiredAt).filter((time) => time !== '');
  times.sort();
  const [first] = times;
  return first === undefined ? null : { first, last: times.at(-1) ?? first };
}

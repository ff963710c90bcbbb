import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ParticleOfTile } from '../../store/particles.ts';
import type { StoredTile } from '../../store/stored-tile.ts';
import { writeCsv } from '../csv.ts';
import { drawMosaic, type Mosaic, type MosaicTile } from '../mosaic.ts';
import type { PictureSource } from '../overlay-picture.ts';
import { particleCrop } from '../particle-crop.ts';
import { writeWhole } from '../whole-file.ts';
import { particleColumns } from './particle-table.ts';
import { tallying } from './particle-tally.ts';
import { reportPage } from './report-page.ts';
import type { PicturedParticle } from './report-pictures.ts';
import { type SampleCharts, sampleCharts } from './sample-charts.ts';
import { overlayPath } from './sample-files.ts';
import type { SampleSummary } from './sample-summary.ts';
import { tileColumns } from './tile-table.ts';

/** All that is known of a finished sample. */
export interface SampleRecord {
  readonly summary: SampleSummary;
  /** Those that count. */
  readonly tiles: readonly StoredTile[];
  /** Of the segmented tiles. */
  readonly particles: Iterable<ParticleOfTile>;
}

const CROPS = 3;

/**
 * Writes tables, charts, mosaic, crops, `report.html` and `summary.json` of a finished sample into its folder, where
 * the segmenters have put the overlays.
 */
export async function writeSampleFiles(folder: string, record: SampleRecord): Promise<void> {
  const { summary, tiles, particles } = record;
  for (const part of ['charts', 'crops']) await mkdir(join(folder, part), { recursive: true });
  const leftOut = leftOutIds(record);
  const { tally, noted } = tallying(CROPS, (tileId) => !leftOut.has(tileId));
  await writeCsv(join(folder, 'particles.csv'), particleColumns, noted(particles));
  await writeCsv(join(folder, 'tiles.csv'), tileColumns(tiles, tally, summary), tiles);
  const charts = await writeCharts(folder, record);
  const mosaic = await writeMosaic(folder, record, leftOut);
  const leastConfident = await writeCrops(folder, tally.leastConfident, tiles);
  const page = reportPage({
    summary,
    imaged: imagedBetween(tiles),
    charts,
    mosaic: mosaic?.preview ?? null,
    leastConfident,
  });
  await writeWhole(join(folder, 'report.html'), page);
  // Last: its revision says that the other files are of it.
  await writeWhole(join(folder, 'summary.json'), `${JSON.stringify(summary, null, 2)}\n`);
}

function leftOutIds({ summary, tiles }: SampleRecord): ReadonlySet<number> {
  const hashes = new Set(summary.imaging.tiles.map(({ contentHash }) => contentHash));
  return new Set(tiles.filter(({ file }) => hashes.has(file.contentHash)).map(({ id }) => id));
}

async function writeCharts(folder: string, { summary, tiles }: SampleRecord): Promise<SampleCharts> {
  const [first] = tiles;
  const charts = await sampleCharts(summary, first ? first.fieldUm.width / first.fieldUm.height : 1);
  for (const chart of [charts.distribution, ...charts.maps]) {
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
    const sizePx = { width: widthPx, height: heightPx - tile.metadata.databarHeightPx };
    return [{ ...site, ...pictureOf(folder, tile), state, sizePx }];
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

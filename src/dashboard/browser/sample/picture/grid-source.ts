import type OpenSeadragon from 'openseadragon';
import { pictureAddress } from '../../shell/api.ts';
import { type Layout, uprightSize } from './places.ts';

/** Widths in which the server gives a tile's picture, the smallest first: one level of the picture each. */
const WIDTHS_PX = [240, 480, 960, 1920] as const;

/** Levels of the whole grid, as the server keeps them: the last has one picture for each place. */
export interface PyramidLevels {
  readonly levels: number;
  readonly rows: number;
  readonly columns: number;
  readonly pictureWidthPx: number;
  address(level: number, row: number, column: number): string;
}

type Viewers = typeof OpenSeadragon;

/**
 * The grid as a picture of levels, each twice as sharp as the one before: from the pyramid of the whole where there is one,
 * then from the tiles' own pictures, which lie cell beside cell and are turned as they lie on the stage.
 */
export function gridSource(
  viewers: Viewers,
  layout: Layout,
  pyramid: PyramidLevels | null,
): OpenSeadragon.TileSource {
  const below = pyramid?.levels ?? 0;
  const widthsPx = WIDTHS_PX.filter((width) => width > (pyramid?.pictureWidthPx ?? 0));
  const maxLevel = below + widthsPx.length - 1;
  const source = new viewers.TileSource({
    width: layout.widthPx,
    height: layout.heightPx,
    tileSize: layout.cellWidthPx,
    tileOverlap: 0,
    minLevel: 0,
    maxLevel,
    ready: true,
  } as OpenSeadragon.TileSourceOptions);
  /** Cells on each side of one picture of a level. */
  const cellsOf = (level: number) => (level < below ? 2 ** (below - 1 - level) : 1);
  const sideOf = (level: number, cellPx: number) => cellPx * 2 ** (level - maxLevel) * cellsOf(level);

  source.getTileWidth = (level) => sideOf(level, layout.cellWidthPx);
  source.getTileHeight = (level) => sideOf(level, layout.cellHeightPx);
  source.getNumTiles = (level) =>
    new viewers.Point(Math.ceil(layout.columns / cellsOf(level)), Math.ceil(layout.rows / cellsOf(level)));
  source.tileExists = (level, x, y) => {
    if (level < 0 || level > maxLevel) return false;
    const { x: columns, y: rows } = source.getNumTiles(level);
    if (x < 0 || y < 0 || x >= columns || y >= rows) return false;
    return level < below || layout.at(y, x) !== undefined;
  };
  source.getTileUrl = (level, x, y) => {
    if (level < below) return pyramid!.address(level, y, x);
    return pictureAddress(layout.at(y, x)!.tile.contentHash, widthsPx[level - below]!);
  };
  source.getTileHashKey = (level, x, y) => `${level}/${x}/${y}`;
  source.downloadTileStart = (job) => {
    const { level, x, y } = job.tile;
    const turns = level < below ? 0 : (layout.at(y, x)?.tile.turns ?? 0);
    const given = new AbortController();
    job.userData.given = given;
    downloaded(job.src, turns, source.getTileBounds(level, x, y, true), given.signal).then(
      (context) => job.finish(context, null as unknown as XMLHttpRequest, 'context2d'),
      (error: unknown) => {
        if (!given.signal.aborted) job.fail(String(error), null as unknown as XMLHttpRequest);
      },
    );
  };
  source.downloadTileAbort = (job) => job.userData.given?.abort();
  return source;
}

/** The picture on a canvas of the size that its level gives it, turned clockwise by quarters. */
async function downloaded(
  address: string,
  turns: number,
  { width, height }: { readonly width: number; readonly height: number },
  signal: AbortSignal,
): Promise<CanvasRenderingContext2D> {
  const response = await fetch(address, { signal, credentials: 'same-origin' });
  if (!response.ok) throw new Error(`the server answered ${response.status}`);
  const picture = await createImageBitmap(await response.blob());
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(width));
  canvas.height = Math.max(1, Math.round(height));
  const context = canvas.getContext('2d', { alpha: false })!;
  const upright = uprightSize({ widthPx: picture.width, heightPx: picture.height, turns });
  context.scale(canvas.width / upright.width, canvas.height / upright.height);
  context.translate(upright.width / 2, upright.height / 2);
  context.rotate((turns * Math.PI) / 2);
  context.drawImage(picture, -picture.width / 2, -picture.height / 2);
  picture.close();
  return context;
}

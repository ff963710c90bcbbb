import type OpenSeadragon from 'openseadragon';
import { cellParts, type TileWidth } from './cell-parts.ts';
import { drawnPicture } from './drawn-picture.ts';
import type { Layout } from './places.ts';

/** Widths in which the server gives a tile's picture, the smallest first: one level of the picture each. */
const WIDTHS_PX: readonly TileWidth[] = [240, 480, 960, 1920];
/**
 * Levels that are put together here where there is no pyramid: of 2 x 2 and of 4 x 4 cells a picture. A grid of 288 tiles is
 * then 18 pictures to move in each frame, not 288.
 */
const OWN_LEVELS = 2;

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
 * @param onFault told of a picture that could not be had, by its address
 */
export function gridSource(
  viewers: Viewers,
  layout: Layout,
  pyramid: PyramidLevels | null,
  onFault: (address: string) => void,
): OpenSeadragon.TileSource {
  const below = pyramid?.levels ?? OWN_LEVELS;
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
  const cellsOf = (level: number) => (level < below ? 2 ** (below - level - (pyramid ? 1 : 0)) : 1);
  const scaleOf = (level: number) => 2 ** (level - maxLevel);
  const sideOf = (level: number, cellPx: number) => cellPx * scaleOf(level) * cellsOf(level);

  source.getTileWidth = (level) => sideOf(level, layout.cellWidthPx);
  source.getTileHeight = (level) => sideOf(level, layout.cellHeightPx);
  source.getNumTiles = (level) =>
    new viewers.Point(Math.ceil(layout.columns / cellsOf(level)), Math.ceil(layout.rows / cellsOf(level)));
  const partsOf = (level: number, x: number, y: number) =>
    cellParts(layout, {
      ...{ row: y, column: x, cells: cellsOf(level), widthPx: widthsPx[Math.max(0, level - below)]! },
      cell: { widthPx: layout.cellWidthPx * scaleOf(level), heightPx: layout.cellHeightPx * scaleOf(level) },
    });

  source.tileExists = (level, x, y) => {
    if (level < 0 || level > maxLevel) return false;
    const { x: columns, y: rows } = source.getNumTiles(level);
    if (x < 0 || y < 0 || x >= columns || y >= rows) return false;
    return (pyramid && level < below) || partsOf(level, x, y).length > 0;
  };
  source.getTileUrl = (level, x, y) =>
    pyramid && level < below ? pyramid.address(level, y, x) : (partsOf(level, x, y)[0]?.address ?? '');
  source.getTileHashKey = (level, x, y) => `${level}/${x}/${y}`;
  source.downloadTileStart = (job) => {
    const { level, x, y } = job.tile;
    const { width, height } = source.getTileBounds(level, x, y, true);
    const whole = { leftPx: 0, topPx: 0, widthPx: width, heightPx: height };
    const parts =
      pyramid && level < below ? [{ address: job.src, turns: 0, ...whole }] : partsOf(level, x, y);
    const given = new AbortController();
    job.userData.given = given;
    drawnPicture(parts, { widthPx: width, heightPx: height }, given.signal, onFault).then(
      (context) => job.finish(context, null as unknown as XMLHttpRequest, 'context2d'),
      (error: unknown) => {
        if (!given.signal.aborted) job.fail(String(error), null as unknown as XMLHttpRequest);
      },
    );
  };
  source.downloadTileAbort = (job) => job.userData.given?.abort();
  return source;
}

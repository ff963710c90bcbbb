import type { Mask } from '../../measure/mask.ts';
import type { Detections } from '../detections.ts';

/** Which part of the tile the network was shown, and where its pixels lie in it. */
export interface TileFrame {
  /** Size of that part. */
  readonly widthPx: number;
  readonly heightPx: number;
  /** Network pixels for one tile pixel. */
  readonly scaleX: number;
  readonly scaleY: number;
  /** Column and row of the tile at which the part begins; the first where they are missing. */
  readonly left?: number;
  readonly top?: number;
}

export interface PlacedMask extends Mask {
  /** Pixels inside. */
  readonly areaPx: number;
  /** Longer side of one of the network's mask cells, in tile pixels. */
  readonly cellPx: number;
}

/**
 * One detection's mask at the tile's full resolution: activations interpolated linearly between the
 * centres of the mask's cells, so that the edge falls between cells, then cut at `activation`.
 * Null when nothing of it lies in the tile.
 */
export function placeMask(
  found: Detections,
  index: number,
  tile: TileFrame,
  activation: number,
): PlacedMask | null {
  const [x1, y1, x2, y2] = found.boxes.subarray(index * 4, index * 4 + 4) as unknown as [
    number,
    number,
    number,
    number,
  ];
  const columns = windowOf(x1 / tile.scaleX, x2 / tile.scaleX, tile.widthPx);
  const rows = windowOf(y1 / tile.scaleY, y2 / tile.scaleY, tile.heightPx);
  if (columns.length === 0 || rows.length === 0) return null;

  const roi = found.maskSpan === 'roi-masks';
  const across = samplesOf(
    columns,
    tile.scaleX,
    roi ? x1 : 0,
    roi ? found.maskWidth / (x2 - x1) : 1,
    found.maskWidth,
  );
  const down = samplesOf(
    rows,
    tile.scaleY,
    roi ? y1 : 0,
    roi ? found.maskHeight / (y2 - y1) : 1,
    found.maskHeight,
  );
  const size = found.maskWidth * found.maskHeight;
  const cells = found.masks.subarray(index * size, (index + 1) * size);

  const bits = new Uint8Array(columns.length * rows.length);
  const firstCell = across.cell[0]!;
  const lastCell = across.next[columns.length - 1]!;
  const between = new Float32Array(found.maskWidth);
  let areaPx = 0;
  for (let y = 0; y < rows.length; y++) {
    const upper = down.cell[y]! * found.maskWidth;
    const lower = down.next[y]! * found.maskWidth;
    const share = down.share[y]!;
    for (let cell = firstCell; cell <= lastCell; cell++) {
      between[cell] = cells[upper + cell]! + (cells[lower + cell]! - cells[upper + cell]!) * share;
    }
    const start = y * columns.length;
    for (let x = 0; x < columns.length; x++) {
      const left = between[across.cell[x]!]!;
      const inside = left + (between[across.next[x]!]! - left) * across.share[x]! >= activation ? 1 : 0;
      bits[start + x] = inside;
      areaPx += inside;
    }
  }
  if (areaPx === 0) return null;
  const { left = 0, top = 0 } = tile;
  const window = {
    x: left + columns.start,
    y: top + rows.start,
    width: columns.length,
    height: rows.length,
  };
  return { ...window, bits, areaPx, cellPx: Math.max(across.cellPx, down.cellPx) };
}

interface Window {
  readonly start: number;
  readonly length: number;
}

/** Tile pixels whose centres lie between two edges. */
function windowOf(from: number, to: number, limit: number): Window {
  const start = Math.max(0, Math.ceil(from - 0.5));
  const end = Math.min(limit, Math.ceil(to - 0.5));
  return { start, length: Math.max(0, end - start) };
}

interface Samples {
  readonly cell: Int32Array;
  readonly next: Int32Array;
  readonly share: Float32Array;
  /** Side of a cell in tile pixels. */
  readonly cellPx: number;
}

/** For each tile pixel: the two mask cells around its centre and how far it lies towards the second. */
function samplesOf(
  window: Window,
  scale: number,
  origin: number,
  cellsPerPx: number,
  cells: number,
): Samples {
  const cell = new Int32Array(window.length);
  const next = new Int32Array(window.length);
  const share = new Float32Array(window.length);
  for (let i = 0; i < window.length; i++) {
    const at = ((window.start + i + 0.5) * scale - origin) * cellsPerPx - 0.5;
    const bounded = Math.min(Math.max(at, 0), cells - 1);
    cell[i] = Math.floor(bounded);
    next[i] = Math.min(cell[i]! + 1, cells - 1);
    share[i] = bounded - cell[i]!;
  }
  return { cell, next, share, cellPx: 1 / (scale * cellsPerPx) };
}

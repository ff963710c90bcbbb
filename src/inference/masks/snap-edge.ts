import type { Mask } from '../../measure/mask.ts';
import type { GreyImage } from '../../watcher/image/grey-image.ts';
import { boxMean } from './box-mean.ts';
import type { PlacedMask } from './place-mask.ts';

/** Tile pixels a mask cell must measure at least: outlines drawn finer are right to a pixel where nothing lies over them. */
const COARSE_CELL_PX = 4;
/** Blocks along a side of a mask cell. */
const BLOCKS_A_CELL = 2;
/** Blocks on either side of one that show what lies around it. */
const REACH_BLOCKS = 3;
/** Variance of grey values that is noise, not an edge. */
const NOISE_VARIANCE = 200;
/** A share of a neighbourhood as good as none. */
const HARDLY = 1e-4;
/** Factor by which the area may change: more, and it was no edge of this particle that was followed. */
const MOST_CHANGE = 1.4;

/**
 * The mask with its outline laid where the grey of the tile changes, between the centres of the network's
 * coarse cells; a finely drawn one as it is. Around each place the mask is the linear function of grey that
 * fits it best there, cut at one half (guided filter, He, Sun & Tang 2013, doi:10.1109/TPAMI.2012.213; fitted to
 * blocks of pixels, which is faster, He & Sun 2015, arXiv 1505.00996). Where no edge shows the outline stays, a
 * little smoother; a mask that would change much, as a faint thin one, stays as it is. The window grows by the reach.
 */
export function snapEdge(mask: PlacedMask, image: GreyImage): Mask {
  if (mask.cellPx < COARSE_CELL_PX) return mask;
  const side = Math.round(mask.cellPx / BLOCKS_A_CELL);
  const window = grownWindow(mask, image, REACH_BLOCKS * side);
  const inside = bitsIn(window, mask);
  const { share, slope, offset } = fitOf(blocksOf(window, inside, image, side));

  const bits = new Uint8Array(inside.length);
  let areaPx = 0;
  eachBlock(window, side, (block, left, top, right, bottom) => {
    if (share[block]! < HARDLY) return;
    const isNearOutline = share[block]! < 1 - HARDLY;
    const [slopeHere, offsetHere] = [slope[block]!, offset[block]!];
    for (let row = top; row < bottom; row++) {
      const line = row * window.width;
      const pixels = (window.y + row) * image.widthPx + window.x;
      for (let column = left; column < right; column++) {
        const bit = isNearOutline && slopeHere * image.pixels[pixels + column]! + offsetHere < 0.5 ? 0 : 1;
        bits[line + column] = bit;
        areaPx += bit;
      }
    }
  });
  const isPlausible = areaPx < mask.areaPx * MOST_CHANGE && areaPx > mask.areaPx / MOST_CHANGE;
  return isPlausible ? { ...window, bits } : mask;
}

type Window = Omit<Mask, 'bits'>;

/** The mask's window and `margin` pixels around it, as far as the image goes. */
function grownWindow(mask: Mask, image: GreyImage, margin: number): Window {
  const x = Math.max(0, mask.x - margin);
  const y = Math.max(0, mask.y - margin);
  const width = Math.min(image.widthPx, mask.x + mask.width + margin) - x;
  const height = Math.min(image.heightPx, mask.y + mask.height + margin) - y;
  return { x, y, width, height };
}

/** The mask's bits in a window that holds it. */
function bitsIn({ x, y, width, height }: Window, mask: Mask): Uint8Array {
  const bits = new Uint8Array(width * height);
  for (let row = 0; row < mask.height; row++) {
    const line = mask.bits.subarray(row * mask.width, (row + 1) * mask.width);
    bits.set(line, (mask.y - y + row) * width + mask.x - x);
  }
  return bits;
}

/** Pixels of a block in its window, `right` and `bottom` outside it. */
type Visit = (block: number, left: number, top: number, right: number, bottom: number) => void;

/** Blocks of `side` x `side` pixels, row by row; those at the end may be cut. */
function eachBlock(window: Window, side: number, visit: Visit): void {
  let block = 0;
  for (let top = 0; top < window.height; top += side) {
    const bottom = Math.min(window.height, top + side);
    for (let left = 0; left < window.width; left += side) {
      visit(block, left, top, Math.min(window.width, left + side), bottom);
      block++;
    }
  }
}

interface Blocks {
  readonly columns: number;
  readonly rows: number;
  /** Mean grey value of each block. */
  readonly grey: Float32Array;
  /** Share of its pixels inside the mask. */
  readonly inside: Float32Array;
}

function blocksOf(window: Window, bits: Uint8Array, image: GreyImage, side: number): Blocks {
  const columns = Math.ceil(window.width / side);
  const rows = Math.ceil(window.height / side);
  const grey = new Float32Array(columns * rows);
  const inside = new Float32Array(columns * rows);
  eachBlock(window, side, (block, left, top, right, bottom) => {
    let greys = 0;
    let count = 0;
    for (let row = top; row < bottom; row++) {
      const pixels = (window.y + row) * image.widthPx + window.x;
      for (let column = left; column < right; column++) {
        greys += image.pixels[pixels + column]!;
        count += bits[row * window.width + column]!;
      }
    }
    const size = (right - left) * (bottom - top);
    grey[block] = greys / size;
    inside[block] = count / size;
  });
  return { columns, rows, grey, inside };
}

/** Of each block: how much of its neighbourhood is inside, and inside as slope x grey + offset. */
function fitOf({ columns, rows, grey, inside }: Blocks) {
  const meanOf = (values: Float32Array) => boxMean(values, columns, rows, REACH_BLOCKS);
  const both = new Float32Array(grey.length);
  const square = new Float32Array(grey.length);
  for (let block = 0; block < grey.length; block++) {
    both[block] = grey[block]! * inside[block]!;
    square[block] = grey[block]! * grey[block]!;
  }
  const share = meanOf(inside);
  const mean = meanOf(grey);
  const slope = meanOf(both);
  const offset = meanOf(square);
  for (let block = 0; block < grey.length; block++) {
    const variance = offset[block]! - mean[block]! * mean[block]!;
    slope[block] = (slope[block]! - mean[block]! * share[block]!) / (variance + NOISE_VARIANCE);
    offset[block] = share[block]! - slope[block]! * mean[block]!;
  }
  return { share, slope: meanOf(slope), offset: meanOf(offset) };
}

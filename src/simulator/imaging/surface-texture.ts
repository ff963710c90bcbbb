import type { Canvas } from '../canvas.ts';
import { scramble32 } from '../random.ts';

/** An even value in [-1, 1) for each knot of a square lattice. */
function knot(column: number, row: number, seed: number): number {
  return (
    scramble32(Math.imul(column, 0x27d4eb2f) ^ scramble32(Math.imul(row, 0x165667b1) ^ seed)) / 2 ** 31 - 1
  );
}

/** The weight of the next knot: 3 t^2 - 2 t^3, so that slopes meet without creases. */
function eased(t: number): number {
  return t * t * (3 - 2 * t);
}

/**
 * Value noise: adds to every entry of `into`, one a pixel, a value that wanders between -amplitude and amplitude over `knotUm`.
 * It belongs to the stage, so overlapping pictures show the same.
 */
export function addWandering(
  canvas: Canvas,
  into: Float32Array,
  wander: { readonly knotUm: number; readonly amplitude: number; readonly seed: number },
): void {
  const { widthPx, heightPx, pixelSizeUm, leftUm, topUm } = canvas;
  const { knotUm, amplitude, seed } = wander;
  const columnFirst = Math.floor(leftUm / knotUm);
  const columns = Math.ceil((widthPx * pixelSizeUm) / knotUm) + 3;
  const line = new Float32Array(columns);
  const cells = new Uint32Array(widthPx);
  const weights = new Float32Array(widthPx);
  for (let x = 0; x < widthPx; x += 1) {
    const place = (leftUm + (x + 0.5) * pixelSizeUm) / knotUm - columnFirst;
    cells[x] = Math.floor(place);
    weights[x] = eased(place - Math.floor(place));
  }
  for (let y = 0; y < heightPx; y += 1) {
    const place = (topUm - (y + 0.5) * pixelSizeUm) / knotUm;
    const row = Math.floor(place);
    const weight = eased(place - row);
    for (let i = 0; i < columns; i += 1) {
      const below = knot(columnFirst + i, row, seed);
      line[i] = amplitude * (below + weight * (knot(columnFirst + i, row + 1, seed) - below));
    }
    for (let x = 0, at = y * widthPx; x < widthPx; x += 1, at += 1) {
      const left = line[cells[x]!]!;
      into[at] = into[at]! + left + weights[x]! * (line[cells[x]! + 1]! - left);
    }
  }
}

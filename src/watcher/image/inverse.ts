import type { GreyImage } from './grey-image.ts';

/** Cells along each side: noise and the seams of a compression average out, particles stay. */
const CELLS = 32;
/** An inverted copy gives -1, or little above where it was compressed; no two images that a microscope made come near it. */
const INVERSE_BELOW = -0.95;

/** Whether one image shows what the other does with its contrast turned round, as 255 minus each grey does. */
export function areInverse(one: GreyImage, other: GreyImage): boolean {
  if (one.widthPx !== other.widthPx || one.heightPx !== other.heightPx) return false;
  return correlation(cellMeans(one), cellMeans(other)) < INVERSE_BELOW;
}

function cellMeans({ widthPx, heightPx, pixels }: GreyImage): Float64Array {
  const sums = new Float64Array(CELLS * CELLS);
  const counts = new Uint32Array(CELLS * CELLS);
  for (let y = 0; y < heightPx; y++) {
    const cellRow = Math.floor((y * CELLS) / heightPx) * CELLS;
    for (let x = 0; x < widthPx; x++) {
      const cell = cellRow + Math.floor((x * CELLS) / widthPx);
      sums[cell]! += pixels[y * widthPx + x]!;
      counts[cell]! += 1;
    }
  }
  return sums.map((sum, cell) => sum / Math.max(1, counts[cell]!)).filter((_, cell) => counts[cell]! > 0);
}

/** Pearson's r; 0 where one of the two does not vary. */
function correlation(a: Float64Array, b: Float64Array): number {
  const [meanA, meanB] = [meanOf(a), meanOf(b)];
  let [both, ofA, ofB] = [0, 0, 0];
  for (const [i, value] of a.entries()) {
    const [fromA, fromB] = [value - meanA, b[i]! - meanB];
    both += fromA * fromB;
    ofA += fromA ** 2;
    ofB += fromB ** 2;
  }
  return ofA * ofB === 0 ? 0 : both / Math.sqrt(ofA * ofB);
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

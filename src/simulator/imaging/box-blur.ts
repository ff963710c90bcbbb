import { padRow, slideRows } from './row-window.ts';

/**
 * The mean over squares of side 2 reach + 1, twice, which is smooth enough for shadows and defocus: running
 * sums make the cost independent of the reach. Beyond the border, the border's pixel goes on.
 *
 * The standard deviation of both passes together is sqrt(2 ((2 reach + 1)^2 - 1) / 12).
 */
export function boxBlurred(source: Float32Array, widthPx: number, reachPx: number): Float32Array {
  const result = source.slice();
  takeMeans(result, widthPx, reachPx);
  takeMeans(result, widthPx, reachPx);
  return result;
}

/** The reach whose two passes have about the asked standard deviation. */
export function reachOfBlur(blurPx: number): number {
  return Math.max(1, Math.round((Math.sqrt(6 * blurPx ** 2 + 1) - 1) / 2));
}

function takeMeans(picture: Float32Array, width: number, reach: number): void {
  const share = 1 / (2 * reach + 1);
  const padded = new Float32Array(width + 2 * reach + 1);
  const meanOfRow = (row: Float32Array, line: Float32Array) => {
    padRow(row, padded, reach);
    let sum = 0;
    for (let x = 0; x <= 2 * reach; x += 1) sum += padded[x]!;
    for (let x = 0; x < width; x += 1) {
      line[x] = sum * share;
      sum += padded[x + 2 * reach + 1]! - padded[x]!;
    }
  };
  // One running sum a column: a line enters it below and leaves it above.
  let kept: Float64Array | null = null;
  slideRows(picture, width, reach, meanOfRow, (line, row) => {
    kept ??= columnSums(line, width, reach);
    const sums = kept;
    const entering = line(reach);
    const leaving = line(-reach);
    for (let x = 0; x < width; x += 1) {
      const sum = sums[x]! + entering[x]!;
      row[x] = sum * share;
      sums[x] = sum - leaving[x]!;
    }
  });
}

/** Before the first row is written: all its window but the line that enters then. */
function columnSums(line: (apart: number) => Float32Array, width: number, reach: number): Float64Array {
  const sums = new Float64Array(width);
  for (let apart = -reach; apart < reach; apart += 1) {
    const values = line(apart);
    for (let x = 0; x < width; x += 1) sums[x]! += values[x]!;
  }
  return sums;
}

/**
 * The mean over squares of side 2 reach + 1, twice, which is smooth enough for shadows and defocus: running
 * sums make the cost independent of the reach. Beyond the border, the border's pixel goes on.
 *
 * The standard deviation of both passes together is sqrt(2 ((2 reach + 1)^2 - 1) / 12).
 */
export function boxBlurred(
  source: Float32Array,
  widthPx: number,
  heightPx: number,
  reachPx: number,
): Float32Array {
  const result = source.slice();
  const spare = new Float32Array(source.length);
  for (let pass = 0; pass < 2; pass += 1) {
    meanOfRows(result, spare, widthPx, heightPx, reachPx);
    meanOfColumns(spare, result, widthPx, heightPx, reachPx);
  }
  return result;
}

/** The reach whose two passes have about the asked standard deviation. */
export function reachOfBlur(blurPx: number): number {
  return Math.max(1, Math.round((Math.sqrt(6 * blurPx ** 2 + 1) - 1) / 2));
}

function meanOfRows(
  from: Float32Array,
  to: Float32Array,
  width: number,
  height: number,
  reach: number,
): void {
  const share = 1 / (2 * reach + 1);
  const last = width - 1;
  // A row with its ends drawn out, so that the running sum need not ask where it is.
  const padded = new Float32Array(width + 2 * reach + 1);
  for (let row = 0; row < height; row += 1) {
    const start = row * width;
    padded.fill(from[start]!, 0, reach);
    padded.set(from.subarray(start, start + width), reach);
    padded.fill(from[start + last]!, reach + width);
    let sum = 0;
    for (let x = 0; x <= 2 * reach; x += 1) sum += padded[x]!;
    for (let x = 0; x < width; x += 1) {
      to[start + x] = sum * share;
      sum += padded[x + 2 * reach + 1]! - padded[x]!;
    }
  }
}

/** One running sum a column, whole rows at a time, so that memory is read in order. */
function meanOfColumns(
  from: Float32Array,
  to: Float32Array,
  width: number,
  height: number,
  reach: number,
): void {
  const share = 1 / (2 * reach + 1);
  const sums = new Float64Array(width);
  const last = height - 1;
  for (let x = 0; x < width; x += 1) {
    sums[x] = from[x]! * (reach + 1);
    for (let y = 1; y <= reach; y += 1) sums[x]! += from[Math.min(last, y) * width + x]!;
  }
  for (let row = 0; row < height; row += 1) {
    const entering = Math.min(last, row + reach + 1) * width;
    const leaving = Math.max(0, row - reach) * width;
    for (let x = 0; x < width; x += 1) {
      to[row * width + x] = sums[x]! * share;
      sums[x] = sums[x]! + from[entering + x]! - from[leaving + x]!;
    }
  }
}

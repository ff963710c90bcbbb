/**
 * The mean of the square of 2 radius + 1 pixels a side around every pixel of a map [height, width], at the
 * borders of what there is of it. Running sums along rows, then down all columns at once: as fast for every
 * radius.
 */
export function boxMean(
  values: Float32Array,
  width: number,
  height: number,
  radius: number,
): Float32Array<ArrayBuffer> {
  const across = new Float32Array(values.length);
  for (let y = 0; y < height; y++) rowMeans(values, across, y * width, width, radius);

  const means = new Float32Array(values.length);
  const sums = new Float64Array(width);
  for (let y = 0; y < Math.min(radius, height); y++) {
    for (let x = 0; x < width; x++) sums[x]! += across[y * width + x]!;
  }
  for (let y = 0; y < height; y++) {
    const [first, last] = [y - radius, y + radius];
    const share = 1 / (Math.min(height - 1, last) - Math.max(0, first) + 1);
    const [entering, here, leaving] = [last * width, y * width, first * width];
    for (let x = 0; x < width; x++) {
      let sum = sums[x]!;
      if (last < height) sum += across[entering + x]!;
      means[here + x] = sum * share;
      sums[x] = first >= 0 ? sum - across[leaving + x]! : sum;
    }
  }
  return means;
}

function rowMeans(values: Float32Array, means: Float32Array, start: number, width: number, radius: number) {
  let sum = 0;
  for (let x = 0; x < Math.min(radius, width); x++) sum += values[start + x]!;
  for (let x = 0; x < width; x++) {
    const [first, last] = [x - radius, x + radius];
    if (last < width) sum += values[start + last]!;
    means[start + x] = sum / (Math.min(width - 1, last) - Math.max(0, first) + 1);
    if (first >= 0) sum -= values[start + first]!;
  }
}

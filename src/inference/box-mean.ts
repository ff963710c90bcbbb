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
  for (let y = -radius; y < height; y++) {
    if (y + radius < height) addRow(sums, across, (y + radius) * width, 1);
    if (y > radius) addRow(sums, across, (y - radius - 1) * width, -1);
    if (y < 0) continue;
    const share = 1 / (Math.min(height, y + radius + 1) - Math.max(0, y - radius));
    for (let x = 0; x < width; x++) means[y * width + x] = sums[x]! * share;
  }
  return means;
}

function rowMeans(values: Float32Array, means: Float32Array, start: number, width: number, radius: number) {
  let sum = 0;
  let from = start;
  let to = start;
  const end = start + width;
  for (let pixel = start; pixel < end; pixel++) {
    while (to < end && to <= pixel + radius) sum += values[to++]!;
    if (from < pixel - radius) sum -= values[from++]!;
    means[pixel] = sum / (to - from);
  }
}

function addRow(sums: Float64Array, values: Float32Array, start: number, sign: number) {
  for (let x = 0; x < sums.length; x++) sums[x]! += sign * values[start + x]!;
}

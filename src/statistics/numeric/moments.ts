/**
 * Sample standard deviation of weighted values: sum w (x - mean)^2 / sum w, times n / (n - 1) against the bias of a
 * mean taken from the same values. Without weights all count alike. Two passes, so that nothing cancels; 0 for one value.
 */
export function standardDeviation(
  values: Float64Array,
  weights: Float64Array = new Float64Array(values.length).fill(1),
): number {
  if (values.length < 2) return 0;
  let sum = 0;
  let weight = 0;
  for (let place = 0; place < values.length; place++) {
    sum += weights[place]! * values[place]!;
    weight += weights[place]!;
  }
  const mean = sum / weight;
  let squares = 0;
  for (let place = 0; place < values.length; place++) {
    squares += weights[place]! * (values[place]! - mean) ** 2;
  }
  return Math.sqrt((squares / weight) * (values.length / (values.length - 1)));
}

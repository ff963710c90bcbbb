const LEVELS = 256;

/**
 * The grey value that parts an image best into two classes: the greatest variance between them
 * (Otsu 1979, IEEE Transactions on Systems, Man, and Cybernetics 9:62-66, equation 18),
 * sigma_B^2 = (mu_T omega - mu)^2 / (omega (1 - omega)), with omega the share of pixels up to a level, mu their
 * first moment and mu_T the image's mean. Between two far classes every empty level is as good: their middle.
 *
 * @param values grey values 0 to 255, rounded to whole levels.
 * @returns values above it are the bright class; null where all values are of one level.
 */
export function otsuThreshold(values: Float32Array): number | null {
  const counts = new Float64Array(LEVELS);
  for (const value of values) counts[Math.round(value)]!++;
  let total = 0;
  for (let level = 0; level < LEVELS; level++) total += (level * counts[level]!) / values.length;

  let best = 0;
  let first = 0;
  let last = 0;
  let share = 0;
  let moment = 0;
  for (let level = 0; level < LEVELS; level++) {
    share += counts[level]! / values.length;
    moment += (level * counts[level]!) / values.length;
    const spread = share * (1 - share);
    // A class without pixels parts nothing; rounding leaves its share a little beside 0 or 1.
    const between = spread < 1e-9 ? 0 : (total * share - moment) ** 2 / spread;
    if (between > best * (1 + 1e-9)) {
      best = between;
      first = level;
    }
    if (best > 0 && between >= best * (1 - 1e-9)) last = level;
  }
  return best === 0 ? null : (first + last + 1) / 2;
}

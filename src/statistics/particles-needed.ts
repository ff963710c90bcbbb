/**
 * Particles that must be counted so that, with 95 % confidence, a figure of a log-normal distribution is off by at most
 * `error`: n = (1.96 a s)^2 (1 + 2 c^2 s^2) / error^2 with s the logarithm of the geometric standard deviation
 * (Masuda and Iinoya 1971, J. Chem. Eng. Japan 4, 60; Masuda and Gotoh 1999, Adv. Powder Technol. 10, 159). This gives
 * the table of ISO 13322-1, as 60,811 for percentiles by volume at a geometric standard deviation of 1.6 and an
 * error of 5 %.
 */
function particlesNeeded(a: number, c: number, geometricStandardDeviation: number, error: number): number {
  const variance = Math.log(geometricStandardDeviation) ** 2;
  return Math.ceil(((1.96 * a) ** 2 * variance * (1 + 2 * c ** 2 * variance)) / error ** 2);
}

/** For percentiles by volume. */
export function particlesNeededForVolumePercentiles(
  geometricStandardDeviation: number,
  error: number,
): number {
  return particlesNeeded(6, 3, geometricStandardDeviation, error);
}

/** For the diameter of mean volume, D[3,0]. */
export function particlesNeededForVolumeMean(geometricStandardDeviation: number, error: number): number {
  return particlesNeeded(3, 1.5, geometricStandardDeviation, error);
}

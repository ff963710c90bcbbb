import { standardDeviation } from './moments.ts';
import { seededRandom } from './random.ts';
import { studentQuantile } from './student-t.ts';

/**
 * Cluster bootstrap: each resample draws as many tiles as there are, with replacement, and takes all particles
 * of a drawn tile, because particles of one tile resemble each other and do not count as independent.
 * Davison & Hinkley 1997, Bootstrap Methods and their Application, doi:10.1017/CBO9780511802843;
 * Field & Welsh 2007, doi:10.1111/j.1467-9868.2007.00593.x.
 *
 * Yields how often each tile was drawn; the same array every time, so read it before the next one.
 */
export function* resampledTiles(tiles: number, resamples: number, seed: number): Generator<Int32Array, void> {
  const randomBelow = seededRandom(seed);
  const timesDrawn = new Int32Array(tiles);
  for (let resample = 0; resample < resamples; resample++) {
    timesDrawn.fill(0);
    for (let draw = 0; draw < tiles; draw++) timesDrawn[randomBelow(tiles)]!++;
    yield timesDrawn;
  }
}

/**
 * 95 % interval of a figure over 0: Student's t on its logarithm, ln(value) -+ t_{0.975, n-1} s, where s is the standard
 * deviation of the resampled logarithms times sqrt(n / (n - 1)), since resamples of n tiles vary that much too little
 * (Davison & Hinkley 1997, 5.2; Hesterberg 2015, doi:10.1080/00031305.2015.1089789). For few tiles it holds the truth
 * more often than the percentiles of the resamples do.
 *
 * @param resampled the figure of each resample, all over 0; at least two.
 * @param tiles those that hold particles, from 2.
 */
export function interval95(
  value: number,
  resampled: readonly number[],
  tiles: number,
): { low95: number; high95: number } {
  const deviation = standardDeviation(Float64Array.from(resampled, Math.log));
  const error = deviation * Math.sqrt(tiles / (tiles - 1));
  const factor = Math.exp(studentQuantile(0.975, tiles - 1) * error);
  return { low95: value / factor, high95: value * factor };
}

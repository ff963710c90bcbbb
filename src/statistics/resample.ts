import { normalCdf } from './normal.ts';
import { percentile } from './percentile.ts';
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
 * The share of resampled values that an interval leaves out at each end: the expanded percentile interval
 * (Hesterberg 2015, doi:10.1080/00031305.2015.1089789). A plain percentile interval of few tiles is too narrow by
 * sqrt((n - 1) / n) and knows no Student's t; this share, Phi(-sqrt(n / (n - 1)) t_{0.975, n-1}), makes up for both.
 *
 * @param tiles those that hold particles, from 2.
 */
export function tailShare(tiles: number): number {
  return normalCdf(-Math.sqrt(tiles / (tiles - 1)) * studentQuantile(0.975, tiles - 1));
}

/** The interval that leaves `tail` of a figure's resampled values out at each end. */
export function interval(resampled: readonly number[], tail: number): { low95: number; high95: number } {
  const sorted = Float64Array.from(resampled).sort();
  return { low95: percentile(sorted, tail), high95: percentile(sorted, 1 - tail) };
}

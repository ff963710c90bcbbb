import { percentile } from './percentile.ts';
import { seededRandom } from './random.ts';

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

/** Percentile interval of a figure's resampled values: from 2.5 % to 97.5 % (Davison & Hinkley 1997). */
export function interval95(resampled: readonly number[]): { low95: number; high95: number } {
  const sorted = Float64Array.from(resampled).sort();
  return { low95: percentile(sorted, 0.025), high95: percentile(sorted, 0.975) };
}

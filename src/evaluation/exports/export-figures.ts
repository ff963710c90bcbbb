import type { Particle } from '../../measure/particle.ts';
import { percentile } from '../../statistics/numeric/percentile.ts';

/** Where an outline lies in its image, and its verdict: enough to find it again, too little to show the image. */
export interface OutlineBox {
  /** First column and row, width, height. */
  readonly boxPx: readonly [x: number, y: number, width: number, height: number];
  readonly certain: boolean;
}

/** What the pipeline found in one export, without its pixels. Sizes are in pixels, as not every file states theirs. */
export interface ExportFigures {
  readonly count: number;
  readonly certain: number;
  /** Centroid in the upper half of the image's rows. */
  readonly upper: number;
  /** Null where nothing was found; the same below. */
  readonly areaMedianPx: number | null;
  readonly areaMeanPx: number | null;
  /** Which limit cut the result short; null: none that it says. */
  readonly limitReached: string | null;
  readonly outlines: readonly OutlineBox[];
}

/** @param pixelSizeUm of the particles' micrometres. */
export function figuresOf(
  particles: readonly Pick<Particle, 'areaUm2' | 'boxPx' | 'centroidPx' | 'certain'>[],
  { heightPx, pixelSizeUm }: { readonly heightPx: number; readonly pixelSizeUm: number },
  limitReached: string | null,
): ExportFigures {
  const areasPx = particles
    .map(({ areaUm2 }) => Math.round(areaUm2 / pixelSizeUm ** 2))
    .sort((a, b) => a - b);
  const sumPx = areasPx.reduce((sum, areaPx) => sum + areaPx, 0);
  return {
    count: particles.length,
    certain: particles.filter(({ certain }) => certain).length,
    // Rows count from 0 at their centres, so that the middle lies half a row above heightPx / 2.
    upper: particles.filter(({ centroidPx }) => centroidPx.y < (heightPx - 1) / 2).length,
    areaMedianPx: areasPx.length > 0 ? percentile(areasPx, 0.5) : null,
    areaMeanPx: areasPx.length > 0 ? Math.round((10 * sumPx) / areasPx.length) / 10 : null,
    limitReached,
    outlines: particles.map(({ boxPx, certain }) => ({ boxPx, certain })),
  };
}

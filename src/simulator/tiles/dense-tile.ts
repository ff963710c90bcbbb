import { acquisitionDefaults, layPowderUnder, specimenOf } from '../acquisition/options.ts';
import { gridPixelSizeUm } from '../acquisition/scan-plan.ts';
import { type RenderedWindow, renderWindow } from '../render.ts';

/** A tile of many particles whose truth is known. */
export interface DenseTile {
  readonly picture: RenderedWindow;
  /** The label of each particle that is to be found: most of it can be seen, and it is no dust. */
  readonly wanted: ReadonlySet<number>;
}

const COVERAGE = 0.4;
const SIZES = {
  kind: 'log-normal',
  diameterMedianUm: 5,
  geometricStandardDeviation: 1.3,
  diameterMinUm: 3,
  diameterMaxUm: 10,
} as const;
/** Of the sizes above, truncation left aside. */
const AREA_MEAN_UM2 = (Math.PI / 4) * (5 * Math.exp(Math.log(1.3) ** 2)) ** 2;

/**
 * LiCoO2 of 1920 x 1200 pixels seen from so far that it shows about `count` particles, 40 % of the tape covered.
 * @param dustPx area in pixels of the tile below which a particle is dust
 */
export function denseTile(count: number, seed: number, dustPx: number): DenseTile {
  const areaUm2 = (count * AREA_MEAN_UM2) / COVERAGE;
  const order = {
    ...acquisitionDefaults,
    folder: '',
    rows: 1,
    columns: 1,
    fieldWidthUm: Math.sqrt(areaUm2 * (1920 / 1200)),
    amount: { kind: 'coverage', fraction: COVERAGE } as const,
    sizeDistribution: SIZES,
    seed,
  };
  const specimen = specimenOf(order);
  const { widthPx, heightPx, startCentreUm: centre } = specimen.grid;
  const window = { centre, widthPx, heightPx, pixelSizeUm: gridPixelSizeUm(specimen.grid) };
  const picture = renderWindow(layPowderUnder(specimen, seed), window, { ...specimen.imaging, seed });
  const wanted = picture.visible.flatMap(({ visibleFraction, cutByBorder, areaPx }, at) =>
    areaPx >= dustPx && (cutByBorder || visibleFraction > 0.3) ? [at + 1] : [],
  );
  return { picture, wanted: new Set(wanted) };
}

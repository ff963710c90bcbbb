import type { GreyImage } from '../watcher/image/grey-image.ts';
import { edgeBlurPx } from './edge-blur.ts';
import { type GreyLevels, greyLevels } from './grey-levels.ts';
import { rowFlickerGrey, rowJitterPx } from './row-flaws.ts';

/** How well a tile was imaged. What its pixels cannot tell is null: a tile without edges has no sharpness. */
export interface TileQuality extends GreyLevels {
  /** Softness of edges, as the standard deviation of a Gaussian. */
  readonly edgeBlurPx: number | null;
  /** Standard deviation of a row's brightness against the rows beside it: charging. */
  readonly rowFlickerGrey: number | null;
  /** Standard deviation of a row's sideways shift against the rows beside it: drift and vibration. */
  readonly rowJitterPx: number | null;
}

/** How well a tile was imaged, from its pixels alone. */
export function imageQuality(image: GreyImage): TileQuality {
  return {
    ...greyLevels(image),
    edgeBlurPx: edgeBlurPx(image),
    rowFlickerGrey: rowFlickerGrey(image),
    rowJitterPx: rowJitterPx(image),
  };
}

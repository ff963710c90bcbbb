import type { TileQuality } from '../inference/tile-result.ts';
import type { GreyImage } from '../watcher/grey-image.ts';
import { edgeBlurPx } from './edge-blur.ts';
import { greyLevels } from './grey-levels.ts';
import { rowFlickerGrey, rowJitterPx } from './row-flaws.ts';

/** How well a tile was imaged, from its pixels alone. */
export function imageQuality(image: GreyImage): TileQuality {
  return {
    ...greyLevels(image),
    edgeBlurPx: edgeBlurPx(image),
    rowFlickerGrey: rowFlickerGrey(image),
    rowJitterPx: rowJitterPx(image),
  };
}

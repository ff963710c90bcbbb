import type { GreyImage } from '../../watcher/image/grey-image.ts';
import type { LabelImage } from '../label-image.ts';
import type { Opinion } from '../scores/judged-image.ts';
import { edgesOf, fittedSize, meanGrey } from './shrunk-image.ts';

/** Colours row by row, three bytes a pixel. */
export interface Picture {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly rgb: Uint8Array;
}

export const THUMBNAIL_PX = { width: 320, height: 240 } as const;

export const TRUTH_RGB = [70, 150, 255] as const;
export const CERTAIN_RGB = [40, 220, 70] as const;
export const UNCERTAIN_RGB = [255, 60, 50] as const;
/** Where both outlines agree to the pixel. */
export const BOTH_RGB = [255, 255, 255] as const;

/** An image fitted into the thumbnail's size, with the outlines of its true and its predicted particles. */
export function thumbnail(
  image: GreyImage,
  truth: LabelImage,
  predicted: LabelImage,
  opinions: readonly Opinion[] | null,
): Picture {
  const { widthPx, heightPx } = fittedSize(image, THUMBNAIL_PX);
  const xs = edgesOf(image.widthPx, widthPx);
  const ys = edgesOf(image.heightPx, heightPx);
  const truthAt = shrunk(truth, xs, ys);
  const predictedAt = shrunk(predicted, xs, ys);
  const rgb = new Uint8Array(widthPx * heightPx * 3);
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      const pixel = y * widthPx + x;
      const found = isOutline(predictedAt, x, y, widthPx);
      const colour = outlineColour(
        isOutline(truthAt, x, y, widthPx),
        found ? (opinions?.[predictedAt[pixel]! - 1]?.certain ?? true) : null,
      );
      const grey = meanGrey(image, xs, ys, x, y);
      rgb.set(colour ?? [grey, grey, grey], pixel * 3);
    }
  }
  return { widthPx, heightPx, rgb };
}

function outlineColour(isTrue: boolean, certain: boolean | null): readonly number[] | null {
  if (certain === null) return isTrue ? TRUTH_RGB : null;
  if (isTrue) return BOTH_RGB;
  return certain ? CERTAIN_RGB : UNCERTAIN_RGB;
}

/** The label at each target pixel's first source pixel. */
function shrunk({ widthPx, labels }: LabelImage, xs: Int32Array, ys: Int32Array): Int32Array {
  const width = xs.length - 1;
  const at = new Int32Array(width * (ys.length - 1));
  for (let pixel = 0; pixel < at.length; pixel++) {
    at[pixel] = labels[ys[Math.floor(pixel / width)]! * widthPx + xs[pixel % width]!]!;
  }
  return at;
}

/** Whether a pixel of an instance has a neighbour that is not of it; the image's border is none. */
function isOutline(labels: Int32Array, x: number, y: number, widthPx: number): boolean {
  const pixel = y * widthPx + x;
  const label = labels[pixel]!;
  if (label === 0) return false;
  const differs = (other: number) => (labels[other] ?? label) !== label;
  return (
    (x > 0 && differs(pixel - 1)) ||
    (x < widthPx - 1 && differs(pixel + 1)) ||
    differs(pixel - widthPx) ||
    differs(pixel + widthPx)
  );
}

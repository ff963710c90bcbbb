import type { Mask } from '../measure/mask.ts';
import type { LabelImage } from './label-image.ts';

/** Masks as one label image, 1..n in their order; where two overlap, the earlier one is on top. */
export function paintedLabels(widthPx: number, heightPx: number, masks: readonly Mask[]): LabelImage {
  const labels = new Int32Array(widthPx * heightPx);
  for (const [index, { x, y, width, height, bits }] of masks.entries()) {
    for (let row = 0; row < height; row++) {
      const line = (y + row) * widthPx + x;
      for (let column = 0; column < width; column++) {
        if (bits[row * width + column] === 1 && labels[line + column] === 0)
          labels[line + column] = index + 1;
      }
    }
  }
  return { widthPx, heightPx, labels };
}

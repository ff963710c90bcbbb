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

/** The other way: a mask for each instance of at least `smallestAreaPx`, in the order of their first pixels. */
export function masksOf(image: LabelImage, smallestAreaPx = 0): Mask[] {
  return [...masksById(image, smallestAreaPx).values()];
}

/** The same by the instances' labels. */
export function masksById(image: LabelImage, smallestAreaPx = 0): Map<number, Mask> {
  const masks = new Map<number, Mask>();
  for (const [label, box] of boxesById(image)) {
    if (box.areaPx >= smallestAreaPx) masks.set(label, maskIn(image, label, box));
  }
  return masks;
}

function boxesById({ widthPx, labels }: LabelImage): Map<number, Box> {
  const boxes = new Map<number, Box>();
  for (let pixel = 0; pixel < labels.length; pixel++) {
    const label = labels[pixel]!;
    if (label === 0) continue;
    const x = pixel % widthPx;
    const y = (pixel - x) / widthPx;
    const box = boxes.get(label);
    if (!box) boxes.set(label, { left: x, right: x, top: y, bottom: y, areaPx: 1 });
    else {
      if (x < box.left) box.left = x;
      if (x > box.right) box.right = x;
      box.bottom = y;
      box.areaPx++;
    }
  }
  return boxes;
}

function maskIn({ widthPx, labels }: LabelImage, label: number, { left, right, top, bottom }: Box): Mask {
  const width = right - left + 1;
  const height = bottom - top + 1;
  const bits = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (labels[(top + y) * widthPx + left + x] === label) bits[y * width + x] = 1;
    }
  }
  return { x: left, y: top, width, height, bits };
}

/** Grows while the pixels are walked, row by row. */
interface Box {
  left: number;
  right: number;
  readonly top: number;
  bottom: number;
  areaPx: number;
}

import type { GreyImage } from '../../watcher/image/grey-image.ts';

/** The largest size of the image's proportions that fits into a frame; each side at least a pixel. */
export function fittedSize(
  image: { readonly widthPx: number; readonly heightPx: number },
  frame: { readonly width: number; readonly height: number },
): { readonly widthPx: number; readonly heightPx: number } {
  const scale = Math.min(frame.width / image.widthPx, frame.height / image.heightPx);
  return {
    widthPx: Math.max(1, Math.round(image.widthPx * scale)),
    heightPx: Math.max(1, Math.round(image.heightPx * scale)),
  };
}

/** First source pixel of each target pixel, and the end. */
export function edgesOf(sourcePx: number, targetPx: number): Int32Array {
  return Int32Array.from({ length: targetPx + 1 }, (_, i) => Math.floor((i * sourcePx) / targetPx));
}

/** Mean of the source pixels of one target pixel, whose first ones `xs` and `ys` name. */
export function meanGrey(
  { widthPx, pixels }: GreyImage,
  xs: Int32Array,
  ys: Int32Array,
  x: number,
  y: number,
): number {
  const right = Math.max(xs[x + 1]!, xs[x]! + 1);
  const bottom = Math.max(ys[y + 1]!, ys[y]! + 1);
  let sum = 0;
  for (let row = ys[y]!; row < bottom; row++) {
    for (let column = xs[x]!; column < right; column++) sum += pixels[row * widthPx + column]!;
  }
  return sum / ((right - xs[x]!) * (bottom - ys[y]!));
}

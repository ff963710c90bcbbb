import type { Outline } from '../../../../measure/correction.ts';
import type { Mask } from '../../../../measure/mask.ts';
import { outlineOf } from '../../../../measure/outline.ts';
import type { FramePx } from '../../../../measure/simplified-ring.ts';
import { labelledParts } from './labelled-parts.ts';
import { unitedMask } from './united-mask.ts';

/** Masks of touching particles keep a seam of a pixel or two between them. */
const SEAM_MAX_PX = 4;

/**
 * One outline around several: all their pixels, and those of seams of up to four pixels between them. Those further
 * apart stay parts of their own. Pure.
 */
export function mergedOutlines(outlines: readonly Outline[], tile: FramePx): Outline {
  const union = unitedMask(outlines, SEAM_MAX_PX);
  return outlineOf(closed(union), tile);
}

/** Closed by the smallest square that joins all parts, or by none where none does. */
function closed(union: Mask): Mask {
  for (let radiusPx = 0; 2 * radiusPx <= SEAM_MAX_PX; radiusPx++) {
    const joined = eroded(dilated(union, radiusPx), radiusPx);
    if (labelledParts(joined).sizesPx.length === 1) return joined;
  }
  return union;
}

function dilated(mask: Mask, radiusPx: number): Mask {
  return swept(swept(mask, radiusPx, 1), radiusPx, mask.width);
}

/** The ground, dilated, is what the particle loses. */
function eroded(mask: Mask, radiusPx: number): Mask {
  const inverted = { ...mask, bits: mask.bits.map((bit) => 1 - bit) };
  return { ...mask, bits: dilated(inverted, radiusPx).bits.map((bit) => 1 - bit) };
}

/** Spreads set pixels along one direction; the margin keeps them from running into the next row. */
function swept(mask: Mask, radiusPx: number, step: number): Mask {
  const bits = mask.bits.slice();
  for (const [pixel, bit] of mask.bits.entries()) {
    if (bit === 0) continue;
    for (let i = 1; i <= radiusPx; i++) {
      if (pixel + i * step < bits.length) bits[pixel + i * step] = 1;
      if (pixel - i * step >= 0) bits[pixel - i * step] = 1;
    }
  }
  return { ...mask, bits };
}

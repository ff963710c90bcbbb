import { connectedRuns } from './connected-runs.ts';
import type { Mask } from './mask.ts';
import { paddedMask } from './padded-mask.ts';
import { silhouetteOf } from './silhouette.ts';

/**
 * The largest 4-connected component alone, its window trimmed to it: a network's stray islands go.
 * Of equally large ones the first in reading order stays. Throws a RangeError on an empty mask.
 */
export function mainComponent(mask: Mask): Mask {
  const padded = paddedMask(mask);
  const { start, end, component } = connectedRuns(padded, 1, 0);
  const size = new Map<number, number>();
  for (const [run, name] of component.entries()) {
    size.set(name, (size.get(name) ?? 0) + end[run]! - start[run]!);
  }
  let largest = -1;
  for (const [name, pixels] of size) {
    if (pixels > (size.get(largest) ?? 0)) largest = name;
  }
  const bits = new Uint8Array(mask.bits.length);
  for (const [run, name] of component.entries()) {
    if (name === largest) setRun(bits, mask.width, padded.stride, start[run]!, end[run]!);
  }
  return trimmed({ ...mask, bits });
}

/**
 * The mask with its holes filled, in the same window. A hole is background that no 8-connected path joins to
 * the outside, the counterpart of 4-connected particles (Kong & Rosenfeld 1989,
 * doi:10.1016/0734-189X(89)90147-3).
 */
export function filled(mask: Mask): Mask {
  const padded = paddedMask(mask);
  const { start, end, component } = connectedRuns(padded, 0, 1);
  const bits = mask.bits.slice();
  for (const [run, name] of component.entries()) {
    // The first run starts in the frame: its component is the outside.
    if (name !== 0) setRun(bits, mask.width, padded.stride, start[run]!, end[run]!);
  }
  return { ...mask, bits };
}

/** Sets the pixels of one run, given by its cells in the padded mask. */
function setRun(bits: Uint8Array, width: number, stride: number, start: number, end: number): void {
  const row = Math.floor(start / stride);
  const toWindow = (row - 1) * width - row * stride - 1;
  bits.fill(1, start + toWindow, end + toWindow);
}

function trimmed(mask: Mask): Mask {
  const { left, top, right, bottom } = silhouetteOf(mask).box;
  const width = right - left + 1;
  const height = bottom - top + 1;
  const bits = new Uint8Array(width * height);
  for (let row = 0; row < height; row++) {
    const start = (top + row) * mask.width + left;
    bits.set(mask.bits.subarray(start, start + width), row * width);
  }
  return { x: mask.x + left, y: mask.y + top, width, height, bits };
}

import type { Canvas } from '../canvas.ts';
import { blur } from './beam.ts';
import { boxBlurred, reachOfBlur } from './box-blur.ts';

/** Where the beam is sharp. */
export interface Focus {
  /** Standard deviation of the beam's Gaussian blur in focus. */
  readonly blurPx: number;
  /** How much that grows for each micrometre over or under the focused height; 0 for endless depth. */
  readonly defocusPxPerUm: number;
  readonly focusHeightUm: number;
}

export const defocusAtMostPx = 9;

/** The blur of a surface at a height: beam and defocus add as variances do. */
export function blurAtHeightPx(focus: Focus, heightUm: number): number {
  return Math.hypot(focus.blurPx, defocusPx(focus, heightUm));
}

/** Blurs in place, each pixel as its height asks, between evenly blurred pictures. */
export function focusBlur(canvas: Canvas, grey: Float32Array, focus: Focus): void {
  const { widthPx, heightUm } = canvas;
  blur(grey, widthPx, focus.blurPx);
  if (focus.defocusPxPerUm === 0) return;
  const stepsPx = [0, 0.3 * defocusAtMostPx, defocusAtMostPx];
  const sharp = grey.slice();
  const softer = boxBlurred(grey, widthPx, reachOfBlur(stepsPx[1]!));
  const softest =
    defocusMostPx(heightUm, focus) > stepsPx[1]!
      ? boxBlurred(grey, widthPx, reachOfBlur(stepsPx[2]!))
      : softer; // never looked at
  const pictures = [sharp, softer, softest];
  for (let at = 0; at < grey.length; at += 1) {
    const wanted = defocusPx(focus, heightUm[at]!);
    const lower = wanted < stepsPx[1]! ? 0 : 1;
    const share = (wanted - stepsPx[lower]!) / (stepsPx[lower + 1]! - stepsPx[lower]!);
    const sharper = pictures[lower]![at]!;
    grey[at] = sharper + share * (pictures[lower + 1]![at]! - sharper);
  }
}

function defocusPx({ defocusPxPerUm, focusHeightUm }: Focus, heightUm: number): number {
  return Math.min(defocusAtMostPx, defocusPxPerUm * Math.abs(heightUm - focusHeightUm));
}

function defocusMostPx(heightUm: Float32Array, focus: Focus): number {
  let [lowest, highest] = [Infinity, -Infinity];
  for (let at = 0; at < heightUm.length; at += 1) {
    if (heightUm[at]! < lowest) lowest = heightUm[at]!;
    if (heightUm[at]! > highest) highest = heightUm[at]!;
  }
  return Math.max(defocusPx(focus, lowest), defocusPx(focus, highest));
}

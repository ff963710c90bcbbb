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
  const defocus = Math.min(defocusAtMostPx, focus.defocusPxPerUm * Math.abs(heightUm - focus.focusHeightUm));
  return Math.hypot(focus.blurPx, defocus);
}

/** Blurs in place, each pixel as its height asks, between evenly blurred pictures. */
export function focusBlur(canvas: Canvas, grey: Float32Array, focus: Focus): void {
  const { widthPx, heightPx, heightUm } = canvas;
  blur(grey, widthPx, heightPx, focus.blurPx);
  if (focus.defocusPxPerUm === 0) return;
  const defocusPx = (um: number) =>
    Math.min(defocusAtMostPx, focus.defocusPxPerUm * Math.abs(um - focus.focusHeightUm));
  const mostPx = heightUm.reduce((most, um) => Math.max(most, defocusPx(um)), 0);
  const stepsPx = [0, 0.3 * defocusAtMostPx, defocusAtMostPx];
  const sharp = grey.slice();
  const softer = boxBlurred(grey, widthPx, heightPx, reachOfBlur(stepsPx[1]!));
  const softest =
    mostPx > stepsPx[1]! ? boxBlurred(grey, widthPx, heightPx, reachOfBlur(stepsPx[2]!)) : softer;
  const pictures = [sharp, softer, softest];
  for (let at = 0; at < grey.length; at += 1) {
    const wanted = defocusPx(heightUm[at]!);
    const lower = wanted < stepsPx[1]! ? 0 : 1;
    const share = (wanted - stepsPx[lower]!) / (stepsPx[lower + 1]! - stepsPx[lower]!);
    const sharper = pictures[lower]![at]!;
    grey[at] = sharper + share * (pictures[lower + 1]![at]! - sharper);
  }
}

import type { Canvas } from '../canvas.ts';
import { boxBlurred } from './box-blur.ts';

/** How the detector turns a relief into brightness. */
export interface Detector {
  /** Gain with tilt: secondary electrons leave a slanted surface more easily. 0 for a backscatter image. */
  readonly tilt: number;
  /** How much brighter the side towards the detector is, and where that is. */
  readonly side: number;
  readonly sideTowardsRad: number;
  /** Bright edges: what stands out over its surroundings within the reach. */
  readonly edge: number;
  readonly edgeReachUm: number;
  /** Darkness of what lies lower than its surroundings within the reach. */
  readonly occlusion: number;
  readonly occlusionReachUm: number;
  /** Darkness on the side away from the detector. */
  readonly shadow: number;
  /** Share by which a surface at `liftHeightUm` is brighter than one on the tape; half as much over it again. */
  readonly lift: number;
  readonly liftHeightUm: number;
}

export const detectorDefaults: Detector = {
  tilt: 0.3,
  side: 0.22,
  sideTowardsRad: 2.2,
  edge: 0.16,
  edgeReachUm: 0.2,
  occlusion: 0.9,
  occlusionReachUm: 1.6,
  shadow: 0.35,
  lift: 0.1,
  liftHeightUm: 5,
};

const reachAtMostPx = 90;

/** How far shading looks around a pixel. */
export function shadingReachPx({ edgeReachUm, occlusionReachUm }: Detector, pixelSizeUm: number): number {
  // Two passes of the mean, and the shadow's look aside.
  return 3 * Math.max(reachPx(edgeReachUm, pixelSizeUm), reachPx(occlusionReachUm, pixelSizeUm)) + 2;
}

function reachPx(reachUm: number, pixelSizeUm: number): number {
  return Math.min(reachAtMostPx, Math.max(1, Math.round(reachUm / (2 * pixelSizeUm))));
}

/**
 * Grey levels of the painted relief, 0 to 255 and beyond.
 *
 * The signal grows with tilt as 1 / cos(tilt), the secondary yield's secant law (Seiler, J. Appl. Phys. 54,
 * R1, 1983). Edges and shadows compare a height with the mean of its surroundings: what stands out sends
 * electrons from its flank too, what lies low loses them to its neighbours.
 */
export function shadedGrey(canvas: Canvas, detector: Detector): Float32Array {
  const { widthPx, heightPx, pixelSizeUm, heightUm, tone } = canvas;
  const edgePx = reachPx(detector.edgeReachUm, pixelSizeUm);
  const widePx = reachPx(detector.occlusionReachUm, pixelSizeUm);
  const nearby = boxBlurred(heightUm, widthPx, edgePx);
  const around = boxBlurred(heightUm, widthPx, widePx);
  const edgeScale = 1 / (2 * edgePx * pixelSizeUm);
  const wideScale = 1 / (2 * widePx * pixelSizeUm);
  const slopeScale = 1 / pixelSizeUm;
  const liftScale = 1 / detector.liftHeightUm;
  const { tilt, edge, occlusion, shadow, lift } = detector;
  const sideX = -detector.side * Math.cos(detector.sideTowardsRad);
  const sideY = -detector.side * Math.sin(detector.sideTowardsRad);
  const asideColumns = Math.round(widePx * Math.cos(detector.sideTowardsRad));
  const asideRows = -Math.round(widePx * Math.sin(detector.sideTowardsRad));

  const grey = new Float32Array(tone.length);
  for (let row = 0; row < heightPx; row += 1) {
    const above = Math.max(0, row - 1) * widthPx;
    const below = Math.min(heightPx - 1, row + 1) * widthPx;
    const asideStart = Math.min(heightPx - 1, Math.max(0, row + asideRows)) * widthPx;
    for (let column = 0; column < widthPx; column += 1) {
      const at = row * widthPx + column;
      const height = heightUm[at]!;
      const right = heightUm[column + 1 < widthPx ? at + 1 : at]!;
      const left = heightUm[column > 0 ? at - 1 : at]!;
      const slopeX = slopeScale * gentler(right - height, height - left);
      const slopeY =
        slopeScale * gentler(heightUm[above + column]! - height, height - heightUm[below + column]!);
      const secant = Math.sqrt(1 + slopeX * slopeX + slopeY * slopeY);
      const facing = (slopeX * sideX + slopeY * sideY) / secant;
      const standsOut = clamped((height - nearby[at]!) * edgeScale, -0.4, 0.8);
      const aside = clamped(column + asideColumns, 0, widthPx - 1);
      const sunk = clamped((around[at]! - height) * wideScale, 0, Infinity);
      const hidden = clamped((around[asideStart + aside]! - height) * wideScale, 0, Infinity);
      const signal = 1 + tilt * (clamped(secant, 1, 3.2) - 1) + facing + edge * standsOut;
      const lifted = 1 + lift * clamped(height * liftScale, -0.5, 1.5);
      grey[at] =
        (tone[at]! * lifted * clamped(signal, 0.15, Infinity)) / (1 + occlusion * sunk + shadow * hidden);
    }
  }
  return grey;
}

/** About the mean of two differences along a surface; across a cliff, the one that stays on the surface. */
function gentler(one: number, other: number): number {
  const [a, b] = [one * one + 1e-6, other * other + 1e-6];
  return (one * b + other * a) / (a + b);
}

function clamped(value: number, low: number, high: number): number {
  // Math.min and Math.max, which mind NaN and -0, cost a tenth of the picture here.
  if (value < low) return low;
  if (value > high) return high;
  return value;
}

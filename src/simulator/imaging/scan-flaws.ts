import type { Random } from '../random.ts';

/** What goes wrong, or is set wrong, while the beam scans. */
export interface ScanSettings {
  /** Gain about mid tape grey; 1 as rendered. */
  readonly contrast: number;
  /** Grey levels added after the gain. */
  readonly brightness: number;
  /** Share of the light lost in the corners. */
  readonly vignetting: number;
  /** Grey levels by which charge from a fully bright surface darkens what is scanned next. */
  readonly charging: number;
  /** Standard deviation of the sideways drift over the picture, in pixels. */
  readonly driftPx: number;
}

export const plainScan: ScanSettings = { contrast: 1, brightness: 0, vignetting: 0, charging: 0, driftPx: 0 };

const contrastPivot = 70;

/** Contrast, brightness and vignetting, in place. */
export function applySettings(grey: Float32Array, widthPx: number, settings: ScanSettings): void {
  const { contrast, brightness, vignetting } = settings;
  if (contrast === 1 && brightness === 0 && vignetting === 0) return;
  const heightPx = grey.length / widthPx;
  for (let row = 0; row < heightPx; row += 1) {
    const down = (2 * row) / heightPx - 1;
    for (let column = 0; column < widthPx; column += 1) {
      const across = (2 * column) / widthPx - 1;
      const at = row * widthPx + column;
      const level = (grey[at]! - contrastPivot) * contrast + contrastPivot + brightness;
      grey[at] = level * (1 - (vignetting * (across * across + down * down)) / 2);
    }
  }
}

/** Charge that the beam leaves on bright particles leaks away along the line: dark streaks, then brighter ones. */
export function addCharging(grey: Float32Array, widthPx: number, charging: number, random: Random): void {
  if (charging === 0) return;
  const heightPx = grey.length / widthPx;
  const fade = 1 - 3 / widthPx;
  let held = 0;
  for (let row = 0; row < heightPx; row += 1) {
    let charge = 0.3 * held;
    // Charge breaks down at random, which ends a streak at a line.
    const strength = charging * (0.4 + 0.6 * Math.abs(random.normal()));
    for (let at = row * widthPx; at < (row + 1) * widthPx; at += 1) {
      const level = grey[at]!;
      charge = charge * fade + Math.max(0, level - 110) / (0.1 * widthPx * 145);
      grey[at] = level - strength * Math.min(1.5, charge);
    }
    held = Math.min(1, charge);
  }
}

/** How far each row has drifted to the right: a slow random walk that swings back. */
export function driftOfRows(
  heightPx: number,
  driftPx: number,
  reachPx: number,
  random: Random,
): Float32Array {
  const pull = 4 / heightPx;
  let drift = 0;
  return Float32Array.from({ length: heightPx }, () => {
    drift += -pull * drift + random.normal(0, driftPx * Math.sqrt(2 * pull));
    return Math.max(-reachPx, Math.min(reachPx, drift));
  });
}

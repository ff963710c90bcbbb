import { plainScan, type ScanSettings } from './scan-flaws.ts';
import { type Detector, detectorDefaults } from './shading.ts';
import { noSkirt, type Skirt } from './skirt.ts';

/** How the microscope takes a picture: what is not given comes from `imagingDefaults`. */
export interface Imaging extends Partial<ScanSettings>, Partial<Skirt> {
  /** Standard deviation of the shot noise at mid grey (128), in grey levels; see `noiseOfDwell`. */
  readonly noise: number;
  /** Standard deviation of the beam's Gaussian blur in focus. */
  readonly blurPx: number;
  /** Names the noise; each window draws its own from it. */
  readonly seed: number;
  readonly noiseCorrelation?: number;
  readonly lineNoise?: number;
  /** Growth of the blur for each micrometre over or under the focused height. */
  readonly defocusPxPerUm?: number;
  readonly focusHeightUm?: number;
  readonly detector?: Detector;
}

/** Grey levels and blur of a well-adjusted desktop microscope at low magnification. */
export const imagingDefaults = {
  noise: 6,
  blurPx: 1.2,
  seed: 1,
  noiseCorrelation: 0.12,
  lineNoise: 0.3,
  defocusPxPerUm: 0.05,
  focusHeightUm: 3,
  detector: detectorDefaults,
  ...plainScan,
  ...noSkirt,
} as const satisfies Required<Imaging>;

import { type Imaging, imagingDefaults } from '../imaging/imaging.ts';
import { noiseOfDwell } from '../imaging/shot-noise.ts';
import { lithiumCobaltOxide, type Material, type PowderAmount } from '../powder/powder.ts';
import { lithiumCobaltOxideSizes, type SizeDistribution } from '../powder/size-distribution.ts';
import { type TapeLook, tapeDefaults } from '../powder/tape.ts';

/** One sample under one set of the microscope's settings, ready to be acquired. */
export interface Preset {
  readonly rows: number;
  readonly columns: number;
  readonly fieldWidthUm: number;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly sampleLabel: string;
  readonly amount: PowderAmount;
  readonly sizeDistribution: SizeDistribution;
  readonly material: Material;
  readonly tape: TapeLook;
  readonly imaging: Omit<Imaging, 'seed'>;
}

export type PresetName = keyof typeof presets;

export const presets = {
  /** The paper's grid of LiCoO2: 12 x 24 tiles of 80 um, about 32 particles (8,000 per mm2) in each. */
  licoo2: {
    rows: 12,
    columns: 24,
    fieldWidthUm: 80,
    widthPx: 1920,
    heightPx: 1200,
    sampleLabel: 'LiCoO2',
    amount: { kind: 'density', particlesPerMm2: 8000 },
    sizeDistribution: lithiumCobaltOxideSizes,
    material: lithiumCobaltOxide,
    tape: tapeDefaults,
    imaging: imagingDefaults,
  },
  /** Cauliflower-like agglomerates at 9.26 nm a pixel, softened by the beam's depth. */
  high: {
    rows: 2,
    columns: 2,
    fieldWidthUm: 10,
    widthPx: 1080,
    heightPx: 1080,
    sampleLabel: 'agglomerates',
    amount: { kind: 'coverage', fraction: 0.5 },
    sizeDistribution: {
      kind: 'log-normal',
      diameterMedianUm: 2.2,
      geometricStandardDeviation: 2,
      diameterMinUm: 0.5,
      diameterMaxUm: 7,
    },
    material: {
      families: [
        { kind: 'cauliflower', weight: 6 },
        { kind: 'ellipsoid', weight: 0.4 },
        { kind: 'boulder', weight: 0.4 },
      ],
      look: { grainUm: 0.3, roughness: 0.7, mottling: 0.8, twoPhaseShare: 0.1 },
      strewing: { contactShare: 0.5, triesAtMost: 6 },
      brightness: { mean: 150, deviation: 12 },
    },
    tape: {
      ...tapeDefaults,
      scaleUm: 3,
      wander: 9,
      roughness: 0,
      dust: 1.5,
      bubbles: 0,
      pits: 0.05,
      glows: 0.02,
    },
    imaging: {
      ...imagingDefaults,
      noise: noiseOfDwell(2000, 24),
      blurPx: 5,
      defocusPxPerUm: 0.8,
      focusHeightUm: 2,
      detector: {
        ...imagingDefaults.detector,
        tilt: 0.03,
        side: 0.08,
        edge: 0.22,
        edgeReachUm: 0.15,
        occlusion: 1.2,
        occlusionReachUm: 0.8,
        lift: 0.1,
        liftHeightUm: 3,
      },
    },
  },
} as const satisfies Readonly<Record<string, Preset>>;

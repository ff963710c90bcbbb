import type { Detector } from '../imaging/shading.ts';
import { noiseOfDwell } from '../imaging/shot-noise.ts';
import type { LogNormalSizes, SizeDistribution } from '../powder/size-distribution.ts';
import { type TapeLook, tapeDefaults } from '../powder/tape.ts';
import type { Random } from '../random.ts';
import type { Scene } from '../scene.ts';

/** One scene of a style; each draw is another sample under other settings. */
export type Draw = (random: Random) => Scene;

export function sized(diameterUm: number, diameterPx: number, sizeDistribution: SizeDistribution) {
  return { pixelSizeUm: diameterUm / diameterPx, sizeDistribution };
}

export function logNormalSizes(
  medianUm: number,
  spread: number,
  minUm: number,
  maxUm: number,
): LogNormalSizes {
  return {
    kind: 'log-normal',
    diameterMedianUm: medianUm,
    geometricStandardDeviation: spread,
    diameterMinUm: minUm,
    diameterMaxUm: maxUm,
  };
}

export function logUniform(random: Random, low: number, high: number): number {
  return low * (high / low) ** random.uniform();
}

export function drawTape(random: Random, scaleUm: number, grey: number): TapeLook {
  return {
    ...tapeDefaults,
    scaleUm,
    grey,
    wander: grey * random.uniform(0.04, 0.2),
    grain: random.uniform(0.5, 3),
    roughness: random.uniform() < 0.5 ? 0 : random.uniform(0, 0.25),
    bubbles: random.uniform() < 0.6 ? logUniform(random, 0.003, 0.06) : 0,
    holes: random.uniform() < 0.2 ? logUniform(random, 0.001, 0.02) : 0,
    pits: random.uniform() < 0.5 ? logUniform(random, 0.01, 0.4) : 0,
    dust: logUniform(random, 0.02, 10),
    filaments: 0,
    glows: random.uniform() < 0.3 ? random.uniform(0.002, 0.05) : 0,
  };
}

/** Settings that a hurried user leaves: mostly right, sometimes dark, flat, saturated, charged or unsharp. */
export function drawImaging(
  random: Random,
  scaleUm: number,
  diameterPx: number,
  base: Detector,
): Omit<Scene['imaging'], 'seed'> {
  const fault = (chance: number, value: () => number, otherwise: number) =>
    random.uniform() < chance ? value() : otherwise;
  return {
    noise: noiseOfDwell(logUniform(random, 100, 1600), 16),
    blurPx: random.uniform(0.6, 1.7),
    noiseCorrelation: random.uniform(0, 0.3),
    lineNoise: fault(0.3, () => random.uniform(0.3, 1.5), 0.1),
    defocusPxPerUm: fault(0.5, () => (random.uniform(0.2, 0.06 * diameterPx) / scaleUm) * 0.6, 0),
    focusHeightUm: scaleUm * random.uniform(0.3, 1.2),
    contrast: fault(0.35, () => logUniform(random, 0.45, 1.7), 1),
    brightness: fault(0.35, () => random.uniform(-25, 45), 0),
    vignetting: fault(0.25, () => random.uniform(0.05, 0.35), 0),
    charging: fault(0.12, () => random.uniform(5, 25), 0),
    driftPx: fault(0.08, () => random.uniform(0.5, 3), 0),
    detector: {
      ...rescaled(base, scaleUm / 5),
      sideTowardsRad: random.uniform(0, 2 * Math.PI),
      side: base.side * random.uniform(0.4, 1.5),
    },
  };
}

/** A length that is in proportion to most of the particles. */
export function diameterTypicalUm(sizes: SizeDistribution): number {
  switch (sizes.kind) {
    case 'list':
      return sizes.diametersUm.reduce((sum, um) => sum + um, 0) / sizes.diametersUm.length;
    case 'bimodal':
      return sizes.first.diameterMedianUm;
    case 'log-normal':
      return sizes.diameterMedianUm;
  }
}

/** The same look for particles `by` times as large; a lift names its own height. */
export function rescaled(detector: Detector, by: number): Detector {
  return {
    ...detector,
    edgeReachUm: detector.edgeReachUm * by,
    occlusionReachUm: detector.occlusionReachUm * by,
  };
}

import { detectorDefaults } from '../imaging/shading.ts';
import { lithiumCobaltOxide } from '../powder/powder.ts';
import { type Draw, drawImaging, drawTape, logNormalSizes, logUniform, sized } from './settings.ts';

/** Ground LiCoO2 at the paper's magnification and nearer, sharp and evenly lit. */
export const licoo2: Draw = (random) => {
  const diameterPx = logUniform(random, 28, 130);
  return {
    ...sized(5.3, diameterPx, logNormalSizes(5.3, random.uniform(1.4, 1.7), 1.1, 16)),
    coverage: random.uniform(0.08, 0.4),
    material: {
      ...lithiumCobaltOxide,
      look: {
        grainUm: 0.5,
        roughness: random.uniform(0.3, 1.1),
        mottling: random.uniform(0, 0.6),
        twoPhaseShare: 0.05,
      },
      strewing: { contactShare: random.uniform(0.05, 0.5), triesAtMost: 16 },
      brightness: { mean: random.uniform(110, 165), deviation: random.uniform(8, 22) },
    },
    tape: drawTape(random, 5.3, random.uniform(28, 60)),
    imaging: drawImaging(random, 5.3, diameterPx, detectorDefaults),
  };
};

/** Coarse grains under a crust of fine ones, with loose clusters of them, on smooth dark tape: backscattered. */
export const crusted: Draw = (random) => {
  const diameterPx = logUniform(random, 20, 90);
  return {
    ...sized(14, diameterPx, logNormalSizes(14, random.uniform(1.6, 2.1), 4.5, 60)),
    coverage: random.uniform(0.12, 0.5),
    material: {
      families: [
        { kind: 'crusted', weight: 6 },
        { kind: 'agglomerate', weight: 4 },
        { kind: 'chain', weight: 2.5 },
        { kind: 'boulder', weight: 1 },
        { kind: 'rod', weight: 0.2 },
      ],
      look: {
        grainUm: random.uniform(0.8, 2.2),
        roughness: random.uniform(0.8, 1.5),
        mottling: random.uniform(0.5, 1),
        twoPhaseShare: 0.12,
      },
      strewing: { contactShare: random.uniform(0.3, 0.75), triesAtMost: 8 },
      brightness: { mean: random.uniform(115, 175), deviation: random.uniform(10, 22) },
    },
    tape: {
      ...drawTape(random, 14, random.uniform(44, 82)),
      roughness: 0,
      grain: 1,
      dust: random.uniform(0, 0.8),
    },
    imaging: {
      ...drawImaging(random, 14, diameterPx, {
        ...detectorDefaults,
        tilt: random.uniform(0, 0.25),
        edge: random.uniform(0.4, 1),
        occlusion: random.uniform(0.4, 1),
        occlusionReachUm: 2.6,
      }),
      noise: random.uniform(3, 8),
      noiseCorrelation: random.uniform(0, 0.2),
      blurPx: random.uniform(0.4, 1),
      skirtShare: random.uniform(0.15, 0.4),
      skirtPx: random.uniform(2.5, 6),
    },
  };
};

/** Grains in a litter of their own dust, which strings itself together and hangs on them: backscattered. */
export const dusted: Draw = (random) => {
  const scene = crusted(random);
  return {
    ...scene,
    coverage: random.uniform(0.12, 0.45),
    material: {
      ...scene.material,
      families: [
        { kind: 'strung', weight: 9 },
        { kind: 'crusted', weight: 2 },
        { kind: 'boulder', weight: 2 },
        { kind: 'chain', weight: 1 },
      ],
      brightness: { mean: random.uniform(105, 175), deviation: random.uniform(10, 26) },
    },
  };
};

/** A few coarse agglomerates fill the picture, bright where they are thick; lines hum, the stage drifts. */
export const coarse: Draw = (random) => {
  const diameterPx = logUniform(random, 70, 250);
  const imaging = drawImaging(random, 14, diameterPx, {
    ...detectorDefaults,
    tilt: random.uniform(0.3, 0.55),
    edge: random.uniform(0.3, 0.8),
    lift: random.uniform(0.2, 0.6),
    liftHeightUm: 6,
  });
  return {
    ...sized(14, diameterPx, logNormalSizes(14, random.uniform(1.6, 2.2), 5, 60)),
    coverage: random.uniform(0.2, 0.45),
    material: {
      families: [
        { kind: 'agglomerate', weight: 5 },
        { kind: 'cauliflower', weight: 1.5 },
        { kind: 'chain', weight: 1 },
        { kind: 'boulder', weight: 1 },
      ],
      look: {
        grainUm: random.uniform(0.7, 2),
        roughness: random.uniform(0.6, 1.3),
        mottling: random.uniform(0.2, 0.7),
        twoPhaseShare: 0.05,
      },
      strewing: { contactShare: 0.25, triesAtMost: 10 },
      brightness: { mean: random.uniform(75, 115), deviation: 12 },
    },
    tape: { ...drawTape(random, 14, random.uniform(18, 32)), wander: 2, roughness: 0, dust: 0.02 },
    imaging: {
      ...imaging,
      noise: random.uniform(2, 6),
      noiseCorrelation: random.uniform(0, 0.15),
      lineNoise: random.uniform(0.5, 3.2),
      blurPx: random.uniform(2.5, 6),
      driftPx: random.uniform() < 0.5 ? random.uniform(1, 6) : 0,
    },
  };
};

/** Cauliflower-like agglomerates at some nanometres a pixel, porous and mottled, softened by the beam's depth. */
export const cauliflower: Draw = (random) => {
  const diameterPx = logUniform(random, 90, 380);
  return {
    ...sized(3.2, diameterPx, logNormalSizes(3.2, random.uniform(1.5, 2), 0.4, 9)),
    coverage: random.uniform(0.25, 0.6),
    material: {
      families: [
        { kind: 'cauliflower', weight: 5 },
        { kind: 'agglomerate', weight: 1 },
        { kind: 'boulder', weight: 0.4 },
        { kind: 'ellipsoid', weight: 0.4 },
      ],
      look: {
        grainUm: random.uniform(0.12, 0.4),
        roughness: random.uniform(0.4, 1),
        mottling: random.uniform(0.5, 1),
        twoPhaseShare: 0.1,
      },
      strewing: { contactShare: 0.5, triesAtMost: 6 },
      brightness: { mean: random.uniform(110, 150), deviation: 12 },
    },
    tape: {
      ...drawTape(random, 3.2, random.uniform(38, 58)),
      glows: 0.02,
      dust: random.uniform(0.3, 6),
      wander: 8,
    },
    imaging: {
      ...drawImaging(random, 3.2, diameterPx, {
        ...detectorDefaults,
        tilt: 0.04,
        edge: random.uniform(0.05, 0.3),
        occlusion: random.uniform(0.5, 1.2),
        side: 0.1,
      }),
      noise: random.uniform(2, 5),
      blurPx: random.uniform(3, 8),
      noiseCorrelation: random.uniform(0, 0.2),
    },
  };
};

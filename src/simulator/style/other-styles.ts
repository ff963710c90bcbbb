import { detectorDefaults } from '../imaging/shading.ts';
import { type Draw, drawImaging, drawTape, logNormalSizes, logUniform, sized } from './settings.ts';

/** Bright filler agglomerates in and on a torn, pitted, wrinkled ground: secondary electrons. */
export const fillers: Draw = (random) => {
  const diameterPx = logUniform(random, 16, 56);
  return {
    ...sized(4, diameterPx, logNormalSizes(4, random.uniform(1.6, 2.2), 0.9, 22)),
    coverage: random.uniform(0.04, 0.22),
    material: {
      families: [
        { kind: 'agglomerate', weight: 7 },
        { kind: 'chain', weight: 2 },
        { kind: 'cauliflower', weight: 3 },
        { kind: 'boulder', weight: 0.5 },
      ],
      look: {
        grainUm: random.uniform(0.25, 0.7),
        roughness: random.uniform(0.4, 1),
        mottling: random.uniform(0.2, 0.7),
        twoPhaseShare: 0.1,
      },
      strewing: { contactShare: random.uniform(0.1, 0.4), triesAtMost: 10 },
      brightness: { mean: random.uniform(140, 180), deviation: 22 },
    },
    tape: {
      ...drawTape(random, 4, random.uniform(80, 108)),
      roughness: random.uniform(0.5, 2.2),
      grain: random.uniform(4, 16),
      pits: logUniform(random, 0.02, 1),
      filaments: random.uniform() < 0.6 ? logUniform(random, 0.3, 14) : 0,
      glows: random.uniform(0, 0.05),
    },
    imaging: {
      ...drawImaging(random, 4, diameterPx, {
        ...detectorDefaults,
        tilt: 0.3,
        edge: 0.5,
        occlusion: 0.3,
        shadow: 0.12,
      }),
      noise: random.uniform(3.5, 10),
      blurPx: random.uniform(0.4, 1.1),
      skirtShare: random.uniform(0.15, 0.45),
      skirtPx: random.uniform(2.5, 6),
      noiseCorrelation: random.uniform(0, 0.35),
    },
  };
};

/** Gas-atomised metal: balls with satellites, several layers on a nearly black ground. */
export const atomised: Draw = (random) => {
  const diameterPx = logUniform(random, 26, 110);
  return {
    ...sized(30, diameterPx, logNormalSizes(30, random.uniform(1.35, 1.75), 7, 95)),
    coverage: random.uniform(0.3, 0.9),
    material: {
      families: [
        { kind: 'satellited', weight: 9 },
        { kind: 'sphere', weight: 1 },
        { kind: 'ellipsoid', weight: 1 },
        { kind: 'cauliflower', weight: 0.6 },
        { kind: 'boulder', weight: 0.3 },
      ],
      look: {
        grainUm: 3,
        roughness: random.uniform(0.4, 1),
        mottling: random.uniform(0.3, 1),
        twoPhaseShare: 0.02,
      },
      strewing: { contactShare: 0.15, triesAtMost: random.integer(3, 16) },
      brightness: { mean: random.uniform(72, 110), deviation: 10 },
    },
    tape: { ...drawTape(random, 30, random.uniform(10, 24)), wander: 3, bubbles: 0, dust: 0.3 },
    imaging: {
      ...drawImaging(random, 30, diameterPx, {
        ...detectorDefaults,
        tilt: random.uniform(0.25, 0.45),
        edge: 0.25,
        lift: random.uniform(0.15, 0.4),
        liftHeightUm: 40,
        occlusion: random.uniform(0.8, 1.4),
      }),
      noiseCorrelation: random.uniform(0, 0.2),
      blurPx: random.uniform(0.4, 1),
      noise: random.uniform(3, 8),
    },
  };
};

/** Smooth silica spheres, from a thin layer to piles whose lower ones lie in the dark. */
export const spheres: Draw = (random) => {
  const diameterPx = logUniform(random, 44, 170);
  return {
    ...sized(0.6, diameterPx, logNormalSizes(0.6, random.uniform(1.03, 1.18), 0.4, 0.95)),
    coverage: random.uniform(0.35, 2.4),
    material: {
      families: [{ kind: 'sphere', weight: 1 }],
      look: { grainUm: 0.05, roughness: random.uniform(0, 0.12), mottling: 0, twoPhaseShare: 0 },
      strewing: { contactShare: random.uniform(0.3, 0.9), triesAtMost: random.integer(6, 20) },
      brightness: { mean: random.uniform(112, 140), deviation: random.uniform(3, 8) },
    },
    tape: {
      ...drawTape(random, 0.6, random.uniform(14, 60)),
      bubbles: 0,
      holes: 0,
      pits: 0,
      dust: 0.02,
      grain: 0.5,
      wander: 4,
    },
    imaging: {
      ...drawImaging(random, 0.6, diameterPx, {
        ...detectorDefaults,
        tilt: random.uniform(-0.03, 0.1),
        edge: random.uniform(0, 0.2),
        lift: random.uniform(0.15, 0.45),
        liftHeightUm: 0.9,
        occlusion: random.uniform(1, 2.2),
      }),
      noise: random.uniform(2, 4),
      noiseCorrelation: random.uniform(0.1, 0.4),
      blurPx: random.uniform(1.6, 5),
    },
  };
};

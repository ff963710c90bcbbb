import { detectorDefaults } from '../imaging/shading.ts';
import type { Random } from '../random.ts';
import { type Draw, drawImaging, drawTape, logNormalSizes, logUniform, sized } from './settings.ts';

/** Bright dots on a felt of fibres: the dots are the particles. */
export const fibred: Draw = (random) => {
  const diameterPx = logUniform(random, 7, 30);
  return {
    ...sized(1, diameterPx, logNormalSizes(1, random.uniform(1.1, 1.7), 0.5, 4)),
    coverage: random.uniform() < 0.2 ? 0.0005 : logUniform(random, 0.01, 0.25),
    material: {
      ...dots(random),
      brightness: { mean: random.uniform(165, 225), deviation: random.uniform(4, 14) },
    },
    tape: {
      ...drawTape(random, logUniform(random, 35, 90) / diameterPx, random.uniform(8, 40)),
      fibres: logUniform(random, 0.012, 0.09),
      holes: 0,
    },
    imaging: {
      ...drawImaging(random, 1, diameterPx, {
        ...detectorDefaults,
        tilt: random.uniform(0.05, 0.3),
        edge: random.uniform(0, 0.4),
        occlusion: random.uniform(0.2, 0.9),
      }),
      defocusPxPerUm: 0,
      blurPx: random.uniform(0.7, 2),
    },
  };
};

/** Ground or rolled metal: scratched along one direction, wavy, with a few particles on it or none. */
export const scratched: Draw = (random) => {
  const diameterPx = logUniform(random, 10, 60);
  return {
    ...sized(5, diameterPx, logNormalSizes(5, random.uniform(1.3, 2), 2, 30)),
    coverage: random.uniform() < 0.4 ? 0.0005 : logUniform(random, 0.01, 0.15),
    material: {
      ...dots(random),
      brightness: { mean: random.uniform(120, 200), deviation: random.uniform(5, 20) },
    },
    tape: {
      ...drawTape(random, (5 * logUniform(random, 50, 160)) / diameterPx, random.uniform(45, 110)),
      wander: random.uniform(4, 30),
      roughness: random.uniform(0, 1.6),
      grain: random.uniform(1, 12),
      scratches: logUniform(random, 0.02, 0.8),
      layRad: random.uniform(0, Math.PI),
      filaments: random.uniform() < 0.3 ? logUniform(random, 0.2, 4) : 0,
      pits: logUniform(random, 0.02, 1),
    },
    imaging: {
      ...drawImaging(random, 5, diameterPx, { ...detectorDefaults, shadow: 0.15 }),
      blurPx: random.uniform(0.6, 1.8),
    },
  };
};

function dots(random: Random) {
  return {
    families: [
      { kind: 'sphere', weight: random.uniform(0, 5) },
      { kind: 'ellipsoid', weight: 2 },
      { kind: 'boulder', weight: random.uniform(0.5, 4) },
      { kind: 'crystal', weight: random.uniform(0, 3) },
      { kind: 'agglomerate', weight: random.uniform(0, 2) },
    ],
    look: { grainUm: 0.3, roughness: random.uniform(0.1, 0.9), mottling: 0.2, twoPhaseShare: 0.02 },
    strewing: { contactShare: random.uniform(0.1, 0.6), triesAtMost: random.integer(4, 12) },
  } as const;
}

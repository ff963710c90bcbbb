import { detectorDefaults } from '../imaging/shading.ts';
import { cauliflower } from './powder-styles.ts';
import { type Draw, drawImaging, drawTape, logNormalSizes, logUniform, sized } from './settings.ts';

/** Nanopowder near its microscope's limit: clusters of primaries that touch, their outlines soft. */
export const clustered: Draw = (random) => {
  const diameterPx = logUniform(random, 15, 36);
  const imaging = drawImaging(random, 1, diameterPx, {
    ...detectorDefaults,
    tilt: random.uniform(0.05, 0.25),
    edge: random.uniform(0.1, 0.5),
    occlusion: random.uniform(0.8, 2.2),
    side: 0.1,
  });
  return {
    ...sized(1, diameterPx, logNormalSizes(1, random.uniform(1.12, 1.45), 0.45, 2.6)),
    coverage: logUniform(random, 0.1, 0.8),
    material: {
      families: [
        { kind: 'ellipsoid', weight: random.uniform(1, 6) },
        { kind: 'sphere', weight: random.uniform(0, 5) },
        { kind: 'boulder', weight: random.uniform(0.5, 4) },
        { kind: 'crystal', weight: random.uniform(0, 2) },
      ],
      look: { grainUm: 0.2, roughness: random.uniform(0.1, 0.7), mottling: 0.2, twoPhaseShare: 0.02 },
      strewing: {
        contactShare: random.uniform(0.85, 0.985),
        triesAtMost: random.integer(3, 10),
        heaping: random.uniform(0, 0.5),
      },
      brightness: { mean: random.uniform(110, 165), deviation: random.uniform(4, 12) },
    },
    tape: { ...drawTape(random, 4, random.uniform(20, 75)), dust: logUniform(random, 0.02, 2) },
    imaging: {
      ...imaging,
      noise: random.uniform(2, 9),
      noiseCorrelation: random.uniform(0.1, 0.6),
      blurPx: logUniform(random, 1, 0.13 * diameterPx),
      defocusPxPerUm: random.uniform() < 0.5 ? random.uniform(0.05, 0.4) : 0,
      focusHeightUm: random.uniform(0.5, 4),
      skirtShare: random.uniform(0, 0.35),
      skirtPx: random.uniform(3, 10),
    },
  };
};

/** A few plates, blocks and crusted pieces, each a good part of the picture, that meet at edges or stand in columns. */
export const meeting: Draw = (random) => {
  const diameterPx = logUniform(random, 60, 300);
  const imaging = drawImaging(random, 10, diameterPx, {
    ...detectorDefaults,
    tilt: random.uniform(0.05, 0.4),
    edge: random.uniform(0.1, 0.5),
    occlusion: random.uniform(0.3, 1.2),
  });
  return {
    ...sized(10, diameterPx, logNormalSizes(10, random.uniform(1.15, 1.7), 2.5, 26)),
    coverage: random.uniform(0.25, 0.7),
    material: {
      families: [
        { kind: 'boulder', weight: 4 },
        { kind: 'crusted', weight: random.uniform(0, 5) },
        { kind: 'plate', weight: random.uniform(0, 4) },
        { kind: 'box', weight: random.uniform(0, 3) },
        { kind: 'crystal', weight: 2 },
        { kind: 'rod', weight: random.uniform(0, 2) },
      ],
      look: {
        grainUm: random.uniform(0.6, 1.8),
        roughness: random.uniform(0.3, 1.8),
        mottling: random.uniform(0.1, 1),
        twoPhaseShare: 0.05,
      },
      strewing: {
        contactShare: random.uniform(0.6, 0.95),
        triesAtMost: 10,
        rows: {
          share: random.uniform() < 0.5 ? random.uniform(0.3, 0.9) : 0,
          towardsRad: random.uniform(0, 6.3),
        },
      },
      brightness: { mean: random.uniform(95, 165), deviation: random.uniform(3, 14) },
    },
    tape: drawTape(random, 10, random.uniform(20, 70)),
    imaging: { ...imaging, blurPx: random.uniform(0.6, 2.5) },
  };
};

/** Porous agglomerates that glow with charge in a haze of their own, above or below the focus. */
export const hazy: Draw = (random) => {
  const scene = cauliflower(random);
  return {
    ...scene,
    material: {
      ...scene.material,
      families: [
        { kind: 'cauliflower', weight: 6 },
        { kind: 'agglomerate', weight: 3 },
        { kind: 'crusted', weight: 1 },
      ],
      strewing: { contactShare: random.uniform(0.3, 0.85), triesAtMost: 6 },
      brightness: { mean: random.uniform(120, 190), deviation: random.uniform(5, 14) },
    },
    imaging: {
      ...scene.imaging,
      blurPx: logUniform(random, 2, 9),
      skirtShare: random.uniform(0.1, 0.5),
      skirtPx: logUniform(random, 5, 28),
      defocusPxPerUm: random.uniform(0.2, 2.5),
      focusHeightUm: random.uniform(0.5, 6),
    },
  };
};

import { detectorDefaults } from '../imaging/shading.ts';
import type { ShapeFamily } from '../powder/shape-family.ts';
import { type Draw, drawImaging, drawTape, logNormalSizes, logUniform, sized } from './settings.ts';

/** Grains as they come out of a mill or a furnace. */
const grains: readonly ShapeFamily[] = [
  { kind: 'crystal', weight: 3 },
  { kind: 'boulder', weight: 3 },
  { kind: 'box', weight: 1 },
  { kind: 'ellipsoid', weight: 1.5 },
  { kind: 'cauliflower', weight: 1 },
  { kind: 'crusted', weight: 1 },
  { kind: 'agglomerate', weight: 1.5 },
  { kind: 'plate', weight: 0.4 },
  { kind: 'rod', weight: 0.4 },
];

/** A far view: particles of a few pixels, many or hardly any, on tape whose own marks are larger. */
export const fine: Draw = (random) => {
  const diameterPx = logUniform(random, 5.5, 13);
  const imaging = drawImaging(random, 5, diameterPx, detectorDefaults);
  return {
    ...sized(5, diameterPx, logNormalSizes(5, random.uniform(1.3, 2), 2.2, 40)),
    coverage: logUniform(random, 0.006, 0.2),
    material: {
      families: grains,
      look: { grainUm: 1.2, roughness: random.uniform(0.3, 1), mottling: 0.3, twoPhaseShare: 0.05 },
      strewing: { contactShare: random.uniform(0.05, 0.5), triesAtMost: 10 },
      brightness: { mean: random.uniform(105, 170), deviation: random.uniform(8, 25) },
    },
    tape: { ...drawTape(random, 25, random.uniform(25, 75)), dust: logUniform(random, 0.02, 2) },
    imaging: { ...imaging, blurPx: random.uniform(0.5, 1.2) },
  };
};

/** Powder poured on powder: no tape to be seen, sharp on top, out of focus below. */
export const piled: Draw = (random) => {
  const diameterPx = logUniform(random, 24, 90);
  const imaging = drawImaging(random, 5, diameterPx, {
    ...detectorDefaults,
    occlusion: random.uniform(0.9, 1.8),
    lift: random.uniform(0.05, 0.3),
    liftHeightUm: 10,
  });
  return {
    ...sized(5, diameterPx, logNormalSizes(5, random.uniform(1.25, 1.8), 1.2, 16)),
    coverage: random.uniform(0.9, 2.3),
    material: {
      families: grains,
      look: {
        grainUm: random.uniform(0.4, 1),
        roughness: random.uniform(0.3, 1.2),
        mottling: random.uniform(0, 0.7),
        twoPhaseShare: random.uniform() < 0.2 ? 0.4 : 0.04,
      },
      strewing: { contactShare: random.uniform(0, 0.4), triesAtMost: random.integer(2, 5) },
      brightness: { mean: random.uniform(95, 150), deviation: random.uniform(6, 20) },
    },
    tape: drawTape(random, 5, random.uniform(15, 50)),
    imaging: {
      ...imaging,
      defocusPxPerUm: random.uniform() < 0.7 ? random.uniform(0.1, 0.5) : 0,
      focusHeightUm: random.uniform(6, 12),
    },
  };
};

/** Particles over a third of the picture's side, most of them cut by its border, among ones of a tenth of that. */
export const large: Draw = (random) => {
  const diameterPx = logUniform(random, 16, 48);
  const largeUm = (5 * logUniform(random, 190, 460)) / diameterPx;
  const imaging = drawImaging(random, 5, diameterPx, {
    ...detectorDefaults,
    tilt: random.uniform(0.05, 0.35),
    lift: random.uniform(0, 0.2),
    liftHeightUm: 0.5 * largeUm,
  });
  return {
    ...sized(5, diameterPx, {
      kind: 'bimodal',
      first: logNormalSizes(5, random.uniform(1.3, 1.9), 1.5, largeUm),
      second: logNormalSizes(largeUm, random.uniform(1.1, 1.35), 0.5 * largeUm, 2.2 * largeUm),
      secondShare: random.uniform(0.015, 0.06),
    }),
    coverage: random.uniform(0.25, 0.8),
    material: {
      families: [...grains, { kind: 'crusted', weight: 3 }, { kind: 'agglomerate', weight: 3 }],
      look: {
        grainUm: random.uniform(2, 5),
        roughness: random.uniform(0.6, 2),
        mottling: random.uniform(0.2, 1),
        twoPhaseShare: random.uniform() < 0.2 ? 0.5 : 0.05,
      },
      strewing: { contactShare: random.uniform(0.1, 0.6), triesAtMost: 10 },
      brightness: { mean: random.uniform(100, 155), deviation: random.uniform(8, 20) },
    },
    tape: drawTape(random, 12, random.uniform(20, 65)),
    imaging: {
      ...imaging,
      defocusPxPerUm: ((imaging.defocusPxPerUm ?? 0) * 5) / largeUm,
      focusHeightUm: random.uniform(0.2, 0.9) * largeUm,
      blurPx: random.uniform(0.7, 3),
    },
  };
};

/** Porous heaps near enough that each primary particle shows, loosely bounded and soft: each is one. */
export const primaries: Draw = (random) => {
  const diameterPx = logUniform(random, 22, 90);
  const imaging = drawImaging(random, 1, diameterPx, {
    ...detectorDefaults,
    tilt: random.uniform(0.02, 0.2),
    edge: random.uniform(0.1, 0.4),
    occlusion: random.uniform(0.9, 2),
    side: 0.12,
  });
  return {
    ...sized(1, diameterPx, logNormalSizes(1, random.uniform(1.15, 1.5), 0.35, 3)),
    coverage: random.uniform(0.35, 1.5),
    material: {
      families: [
        { kind: 'ellipsoid', weight: random.uniform(1, 6) },
        { kind: 'boulder', weight: random.uniform(0.5, 4) },
        { kind: 'crystal', weight: random.uniform(0, 3) },
        { kind: 'sphere', weight: random.uniform(0, 3) },
        { kind: 'cauliflower', weight: random.uniform(0, 2) },
      ],
      look: {
        grainUm: random.uniform(0.08, 0.3),
        roughness: random.uniform(0.3, 1),
        mottling: random.uniform(0.2, 1),
        twoPhaseShare: 0.05,
      },
      strewing: {
        contactShare: random.uniform(0.9, 0.985),
        triesAtMost: 3,
        heaping: random.uniform(0.1, 0.6),
      },
      brightness: { mean: random.uniform(115, 160), deviation: random.uniform(4, 14) },
    },
    tape: { ...drawTape(random, 3, random.uniform(30, 60)), wander: 8, dust: random.uniform(0.2, 5) },
    imaging: {
      ...imaging,
      noise: random.uniform(1.5, 5),
      blurPx: logUniform(random, 1.2, Math.min(5, 0.09 * diameterPx)),
      defocusPxPerUm: random.uniform(0, 1.3),
      focusHeightUm: random.uniform(1, 5),
      noiseCorrelation: random.uniform(0.1, 0.6),
    },
  };
};

import { type Detector, detectorDefaults } from './imaging/shading.ts';
import { noiseOfDwell } from './imaging/shot-noise.ts';
import { lithiumCobaltOxide } from './powder/powder.ts';
import type { LogNormalSizes } from './powder/size-distribution.ts';
import { type TapeLook, tapeDefaults } from './powder/tape.ts';
import type { Random } from './random.ts';
import type { Scene } from './scene.ts';

/** The kinds of micrograph that the simulator can take. */
export type StyleName = keyof typeof styles;

export const styleNames = ['licoo2', 'crusted', 'coarse', 'high', 'fillers', 'atomised', 'spheres'] as const;

/** One scene of a style; each draw is another sample under other settings. */
export function drawScene(style: StyleName, random: Random): Scene {
  return styles[style](random);
}

type Draw = (random: Random) => Scene;

/** Ground LiCoO2 at the paper's magnification and nearer, sharp and evenly lit. */
const licoo2: Draw = (random) => {
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
const crusted: Draw = (random) => {
  const diameterPx = logUniform(random, 20, 90);
  return {
    ...sized(14, diameterPx, logNormalSizes(14, random.uniform(1.6, 2.1), 4.5, 60)),
    coverage: random.uniform(0.12, 0.5),
    material: {
      families: [
        { kind: 'crusted', weight: 4 },
        { kind: 'agglomerate', weight: 4 },
        { kind: 'chain', weight: 2.5 },
        { kind: 'boulder', weight: 2 },
        { kind: 'box', weight: 0.5 },
        { kind: 'rod', weight: 0.3 },
      ],
      look: {
        grainUm: random.uniform(0.8, 2.2),
        roughness: random.uniform(0.8, 1.5),
        mottling: 0.8,
        twoPhaseShare: 0.12,
      },
      strewing: { contactShare: random.uniform(0.3, 0.75), triesAtMost: 8 },
      brightness: { mean: random.uniform(112, 150), deviation: random.uniform(10, 22) },
    },
    tape: {
      ...drawTape(random, 14, random.uniform(44, 82)),
      roughness: 0,
      grain: 1,
      dust: random.uniform(0, 0.8),
    },
    imaging: drawImaging(random, 14, diameterPx, {
      ...detectorDefaults,
      tilt: random.uniform(0.1, 0.3),
      edge: random.uniform(0.3, 0.6),
      occlusion: random.uniform(0.8, 1.6),
    }),
  };
};

/** A few coarse agglomerates fill the picture, bright where they are thick; lines hum, the stage drifts. */
const coarse: Draw = (random) => {
  const diameterPx = logUniform(random, 60, 190);
  const imaging = drawImaging(random, 14, diameterPx, {
    ...detectorDefaults,
    tilt: 0.35,
    edge: 0.35,
    lift: random.uniform(0.2, 0.6),
    liftHeightUm: 6,
  });
  return {
    ...sized(14, diameterPx, logNormalSizes(14, random.uniform(1.6, 2.2), 5, 60)),
    coverage: random.uniform(0.2, 0.5),
    material: {
      families: [
        { kind: 'agglomerate', weight: 5 },
        { kind: 'cauliflower', weight: 1.5 },
        { kind: 'chain', weight: 1 },
        { kind: 'boulder', weight: 1 },
      ],
      look: {
        grainUm: random.uniform(1, 2.2),
        roughness: random.uniform(0.6, 1.3),
        mottling: 0.3,
        twoPhaseShare: 0.05,
      },
      strewing: { contactShare: 0.25, triesAtMost: 10 },
      brightness: { mean: random.uniform(90, 130), deviation: 12 },
    },
    tape: { ...drawTape(random, 14, random.uniform(18, 32)), wander: 2, roughness: 0, dust: 0.02 },
    imaging: {
      ...imaging,
      noise: random.uniform(1, 3),
      lineNoise: random.uniform(0.5, 3.2),
      blurPx: random.uniform(1.5, 4.5),
      driftPx: random.uniform() < 0.5 ? random.uniform(1, 6) : 0,
    },
  };
};

/** Cauliflower-like agglomerates at some nanometres a pixel, porous and mottled, softened by the beam's depth. */
const high: Draw = (random) => {
  const diameterPx = logUniform(random, 80, 300);
  return {
    ...sized(3.2, diameterPx, logNormalSizes(3.2, random.uniform(1.5, 2), 0.4, 9)),
    coverage: random.uniform(0.3, 0.7),
    material: {
      families: [
        { kind: 'cauliflower', weight: 5 },
        { kind: 'agglomerate', weight: 1 },
        { kind: 'boulder', weight: 0.7 },
        { kind: 'ellipsoid', weight: 0.7 },
      ],
      look: {
        grainUm: random.uniform(0.12, 0.4),
        roughness: random.uniform(0.4, 1),
        mottling: random.uniform(0.5, 1),
        twoPhaseShare: 0.1,
      },
      strewing: { contactShare: 0.5, triesAtMost: 6 },
      brightness: { mean: random.uniform(125, 160), deviation: 12 },
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
        edge: 0.25,
        occlusion: random.uniform(0.8, 1.5),
        side: 0.1,
      }),
      noise: random.uniform(1.5, 4),
      blurPx: random.uniform(2.2, 5),
      noiseCorrelation: random.uniform(0.1, 0.5),
    },
  };
};

/** Bright filler agglomerates in and on a torn, pitted, wrinkled ground: secondary electrons. */
const fillers: Draw = (random) => {
  const diameterPx = logUniform(random, 16, 56);
  return {
    ...sized(4, diameterPx, logNormalSizes(4, random.uniform(1.6, 2.2), 0.9, 22)),
    coverage: random.uniform(0.04, 0.22),
    material: {
      families: [
        { kind: 'agglomerate', weight: 5 },
        { kind: 'chain', weight: 2 },
        { kind: 'cauliflower', weight: 3 },
        { kind: 'boulder', weight: 0.5 },
      ],
      look: {
        grainUm: random.uniform(0.4, 0.9),
        roughness: random.uniform(0.4, 1),
        mottling: 0.5,
        twoPhaseShare: 0.1,
      },
      strewing: { contactShare: random.uniform(0.1, 0.4), triesAtMost: 10 },
      brightness: { mean: random.uniform(140, 180), deviation: 22 },
    },
    tape: {
      ...drawTape(random, 4, random.uniform(80, 108)),
      roughness: random.uniform(0.3, 1),
      grain: random.uniform(4, 14),
      pits: logUniform(random, 0.02, 1),
      filaments: random.uniform() < 0.6 ? logUniform(random, 0.3, 14) : 0,
      glows: random.uniform(0, 0.05),
    },
    imaging: {
      ...drawImaging(random, 4, diameterPx, { ...detectorDefaults, tilt: 0.3, edge: 0.5, occlusion: 0.6 }),
      noise: random.uniform(2, 5),
      noiseCorrelation: random.uniform(0.3, 0.8),
    },
  };
};

/** Gas-atomised metal: balls with satellites, several layers on a nearly black ground. */
const atomised: Draw = (random) => {
  const diameterPx = logUniform(random, 26, 90);
  return {
    ...sized(30, diameterPx, logNormalSizes(30, random.uniform(1.35, 1.75), 7, 95)),
    coverage: random.uniform(0.4, 1.1),
    material: {
      families: [
        { kind: 'satellited', weight: 9 },
        { kind: 'sphere', weight: 3 },
        { kind: 'ellipsoid', weight: 1 },
        { kind: 'cauliflower', weight: 0.6 },
        { kind: 'boulder', weight: 0.3 },
      ],
      look: {
        grainUm: 3,
        roughness: random.uniform(0.4, 1),
        mottling: random.uniform(0.1, 0.6),
        twoPhaseShare: 0.02,
      },
      strewing: { contactShare: 0.15, triesAtMost: random.integer(3, 16) },
      brightness: { mean: random.uniform(88, 118), deviation: 10 },
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
      noise: random.uniform(3, 8),
      blurPx: random.uniform(0.6, 1.2),
    },
  };
};

/** Smooth silica spheres, from a thin layer to piles whose lower ones lie in the dark. */
const spheres: Draw = (random) => {
  const diameterPx = logUniform(random, 36, 130);
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
      noiseCorrelation: random.uniform(0.2, 0.6),
      blurPx: random.uniform(1.2, 4),
    },
  };
};

/** Any of the others, half the time with the powder of one on the tape and under the settings of another. */
const mixed: Draw = (random) => {
  const pick = () => styles[styleNames[random.integer(0, styleNames.length - 1)]!](random);
  const scene = pick();
  if (random.uniform() < 0.5) return scene;
  const other = pick();
  const scale = other.tape.scaleUm / scene.tape.scaleUm;
  const detector = other.imaging.detector ?? detectorDefaults;
  return {
    ...scene,
    tape: { ...other.tape, scaleUm: scene.tape.scaleUm },
    imaging: {
      ...other.imaging,
      defocusPxPerUm: (other.imaging.defocusPxPerUm ?? 0) * scale,
      focusHeightUm: (other.imaging.focusHeightUm ?? 0) / scale,
      detector: rescaled(detector, 1 / scale),
    },
  };
};

const styles = { licoo2, crusted, coarse, high, fillers, atomised, spheres, mixed };

function sized(diameterUm: number, diameterPx: number, sizeDistribution: LogNormalSizes) {
  return { pixelSizeUm: diameterUm / diameterPx, sizeDistribution };
}

function logNormalSizes(medianUm: number, spread: number, minUm: number, maxUm: number): LogNormalSizes {
  return {
    kind: 'log-normal',
    diameterMedianUm: medianUm,
    geometricStandardDeviation: spread,
    diameterMinUm: minUm,
    diameterMaxUm: maxUm,
  };
}

function logUniform(random: Random, low: number, high: number): number {
  return low * (high / low) ** random.uniform();
}

function drawTape(random: Random, scaleUm: number, grey: number): TapeLook {
  return {
    ...tapeDefaults,
    scaleUm,
    grey,
    wander: grey * random.uniform(0.04, 0.2),
    grain: random.uniform(0.5, 3),
    roughness: random.uniform() < 0.5 ? 0 : random.uniform(0, 0.25),
    bubbles: random.uniform() < 0.6 ? logUniform(random, 0.003, 0.06) : 0,
    pits: random.uniform() < 0.5 ? logUniform(random, 0.01, 0.4) : 0,
    dust: logUniform(random, 0.02, 10),
    filaments: 0,
    glows: random.uniform() < 0.3 ? random.uniform(0.002, 0.05) : 0,
  };
}

/** Settings that a hurried user leaves: mostly right, sometimes dark, flat, saturated, charged or unsharp. */
function drawImaging(
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

/** The same look for particles `by` times as large; a lift names its own height. */
function rescaled(detector: Detector, by: number): Detector {
  return {
    ...detector,
    edgeReachUm: detector.edgeReachUm * by,
    occlusionReachUm: detector.occlusionReachUm * by,
  };
}

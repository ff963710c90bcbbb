import { detectorDefaults } from '../imaging/shading.ts';
import type { Random } from '../random.ts';
import type { Scene } from '../scene.ts';
import { fibred, scratched } from './ground-styles.ts';
import { atomised, fillers, spheres } from './other-styles.ts';
import { fine, large, piled, primaries } from './packing-styles.ts';
import { cauliflower, coarse, crusted, dusted, licoo2 } from './powder-styles.ts';
import { type Draw, diameterTypicalUm, logUniform, rescaled } from './settings.ts';
import { clustered, hazy, meeting } from './touching-styles.ts';

const pureStyles = {
  licoo2,
  crusted,
  dusted,
  coarse,
  fine,
  piled,
  large,
  cauliflower,
  primaries,
  fillers,
  atomised,
  spheres,
  clustered,
  meeting,
  hazy,
  fibred,
  scratched,
} satisfies Readonly<Record<string, Draw>>;

type PureStyleName = keyof typeof pureStyles;

/** How often a mixture draws each kind of micrograph, against the others. */
type Weights = Readonly<Partial<Record<PureStyleName, number>>>;

const mixtures = {
  /** What a desktop microscope shows below 10,000 times. */
  low: { licoo2: 3, crusted: 4, coarse: 2, fine: 2.5, piled: 2, large: 2, fillers: 2, atomised: 1.5 },
  /** And above. */
  high: { cauliflower: 4, primaries: 5, large: 2, coarse: 1.5, licoo2: 1, spheres: 2 },
  mixed: {
    licoo2: 3,
    crusted: 3.5,
    coarse: 2,
    fine: 2,
    piled: 2,
    large: 2.5,
    cauliflower: 2,
    primaries: 3,
    fillers: 2,
    atomised: 1.5,
    spheres: 1.5,
  },
} satisfies Readonly<Record<string, Weights>>;

/** The kinds of micrograph that the simulator can take. */
export type StyleName = PureStyleName | keyof typeof mixtures;

export const styleNames = [...Object.keys(pureStyles), ...Object.keys(mixtures)] as readonly StyleName[];

/** One scene of a style; each draw is another sample under other settings. */
export function drawScene(style: StyleName, random: Random): Scene {
  return style in mixtures
    ? drawMixed(mixtures[style as keyof typeof mixtures], random)
    : pureStyles[style as PureStyleName](random);
}

/** One of several, half the time with the powder of one on the tape and under the settings of another. */
function drawMixed(weights: Weights, random: Random): Scene {
  const scene = pick(weights, random);
  return aggravated(random.uniform() < 0.5 ? scene : exchanged(scene, pick(weights, random)), random);
}

function pick(weights: Weights, random: Random): Scene {
  const entries = Object.entries(weights) as [PureStyleName, number][];
  let left = random.uniform(
    0,
    entries.reduce((sum, [, weight]) => sum + weight, 0),
  );
  const chosen = entries.find(([, weight]) => {
    left -= weight;
    return left < 0;
  });
  return pureStyles[(chosen ?? entries[0]!)[0]](random);
}

/** The powder of one scene on the tape and under the settings of another, lengths in proportion. */
function exchanged(scene: Scene, other: Scene): Scene {
  const ownUm = diameterTypicalUm(scene.sizeDistribution);
  const scale = diameterTypicalUm(other.sizeDistribution) / ownUm;
  const detector = other.imaging.detector ?? detectorDefaults;
  return {
    ...scene,
    tape: { ...other.tape, scaleUm: scene.tape.scaleUm },
    imaging: {
      ...other.imaging,
      // What is sharp enough for large particles would wash small ones away.
      blurPx: Math.min(other.imaging.blurPx, Math.max(1, (0.1 * ownUm) / scene.pixelSizeUm)),
      defocusPxPerUm: (other.imaging.defocusPxPerUm ?? 0) * scale,
      focusHeightUm: (other.imaging.focusHeightUm ?? 0) / scale,
      detector: { ...rescaled(detector, 1 / scale), liftHeightUm: detector.liftHeightUm / scale },
    },
  };
}

/** Now and then what misleads: two phases in most particles, dust by the hundred, holes in the tape. */
function aggravated(scene: Scene, random: Random): Scene {
  const { tape, material } = scene;
  const twoPhases = random.uniform() < 0.12;
  const dusty = random.uniform() < 0.12;
  const torn = random.uniform() < 0.08;
  return {
    ...scene,
    material: twoPhases
      ? { ...material, look: { ...material.look, twoPhaseShare: random.uniform(0.4, 1) } }
      : material,
    tape: {
      ...tape,
      dust: dusty ? logUniform(random, 5, 40) : tape.dust,
      holes: torn ? logUniform(random, 0.01, 0.04) : tape.holes,
    },
  };
}

import { detectorDefaults } from './imaging/shading.ts';
import { atomised, fillers, spheres } from './other-styles.ts';
import { coarse, crusted, high, licoo2 } from './powder-styles.ts';
import type { Random } from './random.ts';
import type { Scene } from './scene.ts';
import { type Draw, rescaled } from './style-settings.ts';

/** The kinds of micrograph that the simulator can take. */
export type StyleName = keyof typeof styles;

export const styleNames = ['licoo2', 'crusted', 'coarse', 'high', 'fillers', 'atomised', 'spheres'] as const;

/** One scene of a style; each draw is another sample under other settings. */
export function drawScene(style: StyleName, random: Random): Scene {
  return styles[style](random);
}

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

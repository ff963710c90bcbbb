import type { Random } from '../random.ts';

export interface ShotNoise {
  /** Standard deviation at mid grey (128), in grey levels. */
  readonly noise: number;
  /** 0 each pixel for itself; 1 shared with its four neighbours, as in an enlarged or filtered picture. */
  readonly correlation: number;
  /** Standard deviation of whole lines, in grey levels: mains hum and beam flicker. */
  readonly lineNoise: number;
}

/**
 * Noise at mid grey for a dwell time: counts are Poisson distributed, so it falls with the square root of
 * the electrons. 7 grey levels at 16 times 200 ns is what a desktop microscope shows at low magnification.
 */
export function noiseOfDwell(dwellTimeNs: number, integrations: number): number {
  return 7 * Math.sqrt((16 * 200) / (dwellTimeNs * integrations));
}

/** Enough that a picture's rows do not repeat each other; a power of two, so that & wraps it round. */
const tableLengthMost = 2 ** 16;

/**
 * Quantised grey levels with shot noise, which grows with the square root of the signal. Every row reads a
 * table of Gaussians from a place of its own; correlated noise also reads its four neighbours' places.
 */
export function addShotNoise(
  grey: Float32Array,
  widthPx: number,
  { noise, correlation, lineNoise }: ShotNoise,
  random: Random,
): Uint8Array {
  const tableLength = Math.min(tableLengthMost, 2 ** Math.ceil(Math.log2(2 * grey.length + 4)));
  const table = Float32Array.from({ length: tableLength }, () => random.normal());
  const heightPx = grey.length / widthPx;
  const starts = Int32Array.from({ length: heightPx + 2 }, () => random.integer(1, tableLength - 2));
  // A pixel's own weight and its neighbours', their squares summing to 1.
  const beside = correlation / Math.sqrt(1 + 4 * correlation ** 2);
  const own = 1 / Math.sqrt(1 + 4 * correlation ** 2);
  const spread = Float32Array.from({ length: 256 }, (_, level) => noise * Math.sqrt(level / 128));
  const image = new Uint8Array(grey.length);
  const at = (place: number) => table[place & (tableLength - 1)]!;
  for (let row = 0; row < heightPx; row += 1) {
    const [above, here, below] = [starts[row]!, starts[row + 1]!, starts[row + 2]!];
    const line = lineNoise > 0 ? random.normal(0, lineNoise) : 0;
    for (let x = 0; x < widthPx; x += 1) {
      const signal = Math.min(255, Math.max(0, grey[row * widthPx + x]! + line));
      let gaussian = own * at(here + x);
      if (beside > 0) {
        gaussian += beside * (at(here + x - 1) + at(here + x + 1) + at(above + x) + at(below + x));
      }
      const level = signal + spread[signal | 0]! * gaussian;
      image[row * widthPx + x] = Math.min(255, Math.max(0, (level + 0.5) | 0));
    }
  }
  return image;
}

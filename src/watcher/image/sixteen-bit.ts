import { UnusableFileError } from '../../errors.ts';
import type { DisplayWindow } from '../metadata/display-window.ts';

const LARGEST = 65_535;
/** Detectors of fewer bits are often stored as they are, at the low end of 16. */
const DETECTOR_BITS = [10, 12, 14];
/** Bare tape, noise alone, fills a quarter of the range; below an eighth no 8-bit export would show anything. */
const USED_SHARE_MIN = 1 / 8;
/** Left out at either end when the share in use is judged, so that hot pixels do not hide it. */
const TAIL_SHARE = 0.001;

/**
 * 16-bit values as 8-bit grey: linear from black (0) to white (255), clipped, rounded, without gamma.
 *
 * Black and white are those of the display window where the file states one. Otherwise they are 0 and 65,535, or
 * the largest value of 10, 12 or 14 bits where no value lies above it.
 *
 * @throws UnusableFileError `low-contrast` where all but a thousandth of the values at either end lie within an
 * eighth of that range: what the microscope showed is then unknown, and nothing would be found
 */
export function greyOfSixteenBits(
  values: Uint16Array,
  window: DisplayWindow | null,
  path: string,
): Uint8Array {
  const counts = new Uint32Array(LARGEST + 1);
  for (const value of values) counts[value]!++;
  const [black, white] = window
    ? [window.black * LARGEST, window.white * LARGEST]
    : [0, fullScaleOf(counts.findLastIndex((count) => count > 0))];
  const lowest = percentile(counts, values.length * TAIL_SHARE);
  const highest = percentile(counts, values.length * (1 - TAIL_SHARE));
  if (lowest < highest && highest - lowest < USED_SHARE_MIN * (white - black)) {
    throw lowContrast(path, [lowest, highest], [Math.round(black), Math.round(white)], window !== null);
  }
  const greys = Uint8Array.from(counts, (_, value) => {
    const grey = (255 * (value - black)) / (white - black);
    return Math.round(Math.min(255, Math.max(0, grey)));
  });
  const grey = new Uint8Array(values.length);
  for (let i = 0; i < grey.length; i++) grey[i] = greys[values[i]!]!;
  return grey;
}

function fullScaleOf(largestValue: number): number {
  const bits = DETECTOR_BITS.find((candidate) => largestValue < 2 ** candidate);
  return bits === undefined ? LARGEST : 2 ** bits - 1;
}

/** The smallest value that at least `rank` values do not exceed. */
function percentile(counts: Uint32Array, rank: number): number {
  let seen = 0;
  return counts.findIndex((count) => {
    seen += count;
    return seen >= rank;
  });
}

function lowContrast(
  path: string,
  used: readonly [number, number],
  range: readonly [number, number],
  isStated: boolean,
): UnusableFileError {
  const whose = isStated ? 'that its displayBlackLevel and displayWhiteLevel state' : 'that 16 bits have';
  return new UnusableFileError(
    path,
    'low-contrast',
    `uses the values ${used[0]} to ${used[1]} of the range ${range[0]} to ${range[1]} ${whose}, less than an ` +
      'eighth, so it would be read as uniform grey; export 8-bit images, or with the display levels in use',
  );
}

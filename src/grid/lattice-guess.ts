import { EXACTNESS, type LatticeFrame } from './lattice-frame.ts';
import type { Step } from './neighbour-steps.ts';

export interface FieldUm {
  readonly width: number;
  readonly height: number;
}

/** Neighbouring tiles overlap by 50 % of the field at most, a straying stage apart. */
const PITCH_PER_FIELD_MIN = 0.45;
/** A pitch below is believed where neighbours stand that near: one stray tile would also halve the pitch of the others. */
const PITCH_PER_FIELD_USUAL = 0.55;
const SINGLE_STEPS_MIN = 0.2;
/** Two tiles of one column differ by twice the jitter of 10 % of the pitch at most. */
const SAME_LINE_PER_PITCH = 0.2;
/** Tiles that share three fifths of their height lie in one row; the same for columns. */
const SAME_LINE_PER_FIELD = 0.4;
const STEPS_SCORED = 256;
const STEPS_PROPOSING = 32;
/** A step may cross missing tiles: it proposes itself, its half, and so on. */
const DIVISORS = [1, 2, 3, 4, 5];

/**
 * The rotation most steps agree on, modulo a quarter turn, between -pi/4 and pi/4: the peak of a histogram of
 * their directions in classes of 2 degrees, then the mean direction of the steps within 6 degrees of the
 * peak. The mean is that of directional data with fourfold symmetry, arg(sum w e^(4 i angle)) / 4 (Mardia &
 * Jupp, Directional Statistics, 2000), weighted by squared length, as jitter turns a long step less.
 */
export function guessRotation(steps: readonly Step[]): number {
  const classes = 45;
  const quarter = Math.PI / 2;
  const angles = steps.map(({ x, y }) => (Math.atan2(y, x) + 2 * Math.PI) % quarter);
  const counts = new Float64Array(classes);
  for (const angle of angles) {
    const middle = Math.round((angle / quarter) * classes);
    for (const offset of [-1, 0, 1]) counts[(middle + offset + classes) % classes]! += 1;
  }
  const peak = (counts.indexOf(Math.max(...counts)) / classes) * quarter;
  let real = 0;
  let imaginary = 0;
  for (const [index, { x, y }] of steps.entries()) {
    const angle = 4 * ((angles[index] ?? 0) - peak);
    if (Math.cos(angle) < Math.cos(4 * (Math.PI / 30))) continue;
    real += (x * x + y * y) * Math.cos(angle);
    imaginary += (x * x + y * y) * Math.sin(angle);
  }
  const rotation = peak + Math.atan2(imaginary, real) / 4;
  return rotation > quarter / 2 ? rotation - quarter : rotation;
}

/** The pitches that the steps have along axes turned by `rotationRad`; the field's own where there is one tile. */
export function guessPitch(
  steps: readonly Step[],
  rotationRad: number,
  field: FieldUm,
  tiles: number,
): LatticeFrame['pitchUm'] {
  const cos = Math.cos(rotationRad);
  const sin = Math.sin(rotationRad);
  const along = Float64Array.from(steps, ({ x, y }) => Math.abs(x * cos + y * sin));
  const down = Float64Array.from(steps, ({ x, y }) => Math.abs(x * sin - y * cos));
  let x = pitchOf(along, field.width, tiles);
  let y = pitchOf(down, field.height, tiles);
  if (y !== null && longest(along) <= SAME_LINE_PER_PITCH * y) x = null;
  if (x !== null && longest(down) <= SAME_LINE_PER_PITCH * x) y = null;
  // With a single column, the columns' pitch is taken to be the same share of the field as that of the rows.
  return {
    x: x ?? (field.width * (y ?? field.height)) / field.height,
    y: y ?? (field.height * (x ?? field.width)) / field.width,
  };
}

/**
 * The pitch of which all lengths are whole multiples, jitter apart; null where they are all jitter, so that
 * there is a single column or row.
 *
 * For a pitch p, C = mean cos(2 pi length / p) is the lengths' concentration on its multiples (the
 * periodogram of a point process, Bartlett 1963), and (1 - C) / (2 pi^2) is, for small ones, the mean squared
 * deviation as a fraction of p; one stray length cannot dominate it. The likelihood of that deviation decides
 * with a weak preference for large pitches, as all fractions of the true pitch fit an exact grid equally well.
 */
function pitchOf(lengths: Float64Array, field: number, tiles: number): number | null {
  if (longest(lengths) <= SAME_LINE_PER_FIELD * field) return null;
  const scored = everyNth(lengths, STEPS_SCORED);
  const pitchMin = PITCH_PER_FIELD_MIN * field;
  let best: number | null = null;
  let costBest = Number.POSITIVE_INFINITY;
  const proposing = lengths.filter((length) => length >= pitchMin).toSorted();
  for (const length of everyNth(proposing, STEPS_PROPOSING)) {
    for (const divisor of DIVISORS) {
      const pitch = length >= divisor * pitchMin ? slopeThrough(scored, length / divisor) : 0;
      if (pitch < pitchMin) continue;
      if (pitch < PITCH_PER_FIELD_USUAL * field && shareOfSingleSteps(scored, pitch) < SINGLE_STEPS_MIN)
        continue;
      const variance = (1 - concentration(scored, pitch)) / (2 * Math.PI ** 2);
      const cost = ((tiles - 1) / 2) * Math.log(variance + EXACTNESS ** 2) - 1.5 * Math.log(pitch);
      if (cost < costBest) {
        costBest = cost;
        best = pitch;
      }
    }
  }
  return best;
}

/** Least squares through the origin on the whole multiples, repeated as the multiples settle. */
function slopeThrough(lengths: Float64Array, start: number): number {
  let pitch = start;
  for (let pass = 0; pass < 3; pass += 1) {
    let products = 0;
    let squares = 0;
    for (const length of lengths) {
      const multiple = Math.round(length / pitch);
      products += multiple * length;
      squares += multiple * multiple;
    }
    if (squares === 0) return 0;
    pitch = products / squares;
  }
  return pitch;
}

/** Of the lengths that are a multiple of the pitch at all, how many are the pitch itself. */
function shareOfSingleSteps(lengths: Float64Array, pitch: number): number {
  const multiples = lengths.map((length) => Math.round(length / pitch)).filter((multiple) => multiple > 0);
  return multiples.filter((multiple) => multiple === 1).length / multiples.length;
}

function concentration(lengths: Float64Array, pitch: number): number {
  let sum = 0;
  for (const length of lengths) sum += Math.cos((2 * Math.PI * length) / pitch);
  return sum / lengths.length;
}

function longest(lengths: Float64Array): number {
  return lengths.reduce((a, b) => Math.max(a, b), 0);
}

function everyNth(values: Float64Array, atMost: number): Float64Array {
  const stride = Math.max(1, Math.ceil(values.length / atMost));
  return values.filter((_, index) => index % stride === 0);
}

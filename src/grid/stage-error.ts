import type { StagePositionUm } from '../units.ts';
import type { PlacedParticles } from './same-particle.ts';

/** Shares of the field's smaller side: the largest error looked for, and how well particles must agree on it. */
const REACH_SHARE = 0.1;
const AGREEMENT_SHARE = 0.005;
/** Equivalent diameters of one particle in two images differ by less than this share. */
const SIZE_TOLERANCE = 0.1;
/** Two particles may agree by chance. */
const MATCHES_MIN = 3;

/**
 * How far the stage's positions put the second of two overlapping tiles off the first: the particles that both show
 * whole lie by so much further in the second. Null where fewer than three agree.
 *
 * Correlates the two point sets: every two particles of like size propose their displacement, the one with the most
 * others within 0.5 % of the field wins (a generalised Hough transform, Ballard 1981,
 * doi:10.1016/0031-3203(81)90009-1), and the median of those that agree is taken. Finds errors up to 10 % of the
 * field's smaller side.
 */
export function stageError(first: PlacedParticles, second: PlacedParticles): StagePositionUm | null {
  const side = Math.min(first.fieldUm.width, first.fieldUm.height);
  const proposed = displacements(first, second, REACH_SHARE * side);
  let best: StagePositionUm[] = [];
  for (const proposal of proposed) {
    const agreeing = proposed.filter(
      ({ x, y }) => Math.hypot(x - proposal.x, y - proposal.y) <= AGREEMENT_SHARE * side,
    );
    if (agreeing.length > best.length) best = agreeing;
  }
  if (best.length < MATCHES_MIN) return null;
  return { x: median(best.map(({ x }) => x)), y: median(best.map(({ y }) => y)) };
}

function displacements(first: PlacedParticles, second: PlacedParticles, reachUm: number): StagePositionUm[] {
  const [here, there] = [wholeNear(first, second, reachUm), wholeNear(second, first, reachUm)];
  return here.flatMap((one) =>
    there.flatMap((other) => {
      const [x, y] = [other.x - one.x, other.y - one.y];
      const isLike = Math.abs(other.diameterUm - one.diameterUm) < SIZE_TOLERANCE * one.diameterUm;
      return isLike && Math.hypot(x, y) <= reachUm ? [{ x, y }] : [];
    }),
  );
}

/** A tile's whole particles that, give or take the reach, lie in the other tile's field. */
function wholeNear(tile: PlacedParticles, { stagePositionUm, fieldUm }: PlacedParticles, reachUm: number) {
  const { centroidXUm, centroidYUm, diameterEquivalentUm, touchesBorder } = tile;
  return Array.from(centroidXUm, (x, index) => ({
    x,
    y: centroidYUm[index]!,
    diameterUm: diameterEquivalentUm[index]!,
    cut: touchesBorder[index] === 1,
  })).filter(
    ({ x, y, cut }) =>
      !cut &&
      Math.abs(x - stagePositionUm.x) <= fieldUm.width / 2 + reachUm &&
      Math.abs(y - stagePositionUm.y) <= fieldUm.height / 2 + reachUm,
  );
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

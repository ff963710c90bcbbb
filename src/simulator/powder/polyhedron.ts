import { boundsOf, type HalfSpace, isWall, type PolyhedronBounds } from './half-space.ts';
import type { Extent, Solid, Vector } from './solid.ts';

/**
 * The intersection of half-spaces about a centre, its upper edges rounded over `rounding`.
 * @throws RangeError when the half-spaces enclose nothing.
 */
export function polyhedron(
  halfSpaces: readonly HalfSpace[],
  centre: Vector,
  rounding: number,
  tone: number,
): Solid {
  return placed(halfSpaces, boundsOf(halfSpaces), centre, rounding, tone);
}

/** The same with its lowest point on z = 0. */
export function polyhedronOnGround(halfSpaces: readonly HalfSpace[], rounding = 0): Solid {
  const bounds = boundsOf(halfSpaces);
  return placed(halfSpaces, bounds, [0, 0, -bounds.extent.low], rounding, 1);
}

function placed(
  halfSpaces: readonly HalfSpace[],
  bounds: PolyhedronBounds,
  centre: Vector,
  rounding: number,
  tone: number,
): Solid {
  const [upper, lower, walls] = [[] as number[], [] as number[], [] as number[]];
  for (const { normal, distance } of halfSpaces) {
    const [nx, ny, nz] = normal;
    if (isWall(normal)) walls.push(nx, ny, distance);
    else (nz > 0 ? upper : lower).push(-nx / nz, -ny / nz, distance / nz);
  }
  const faces: Faces = {
    upper: Float64Array.from(upper),
    lower: Float64Array.from(lower),
    walls: Float64Array.from(walls),
    rounding,
    innerSquared: bounds.innerRadius ** 2,
    outerSquared: bounds.outerRadius ** 2,
  };
  const [cx, cy, cz] = centre;
  return {
    topsAt: ({ x, y }, count, tops) => {
      for (let i = 0; i < count; i += 1) tops[i] = cz + topOf(faces, x[i]! - cx, y[i]! - cy);
    },
    extent: movedBy(bounds.extent, centre),
    tone,
  };
}

/** About the polyhedron's own origin. */
interface Faces {
  /** Triples (a, b, c): z <= a x + b y + c. */
  readonly upper: Float64Array;
  /** z >= a x + b y + c. */
  readonly lower: Float64Array;
  /** a x + b y <= c. */
  readonly walls: Float64Array;
  readonly rounding: number;
  /** Radii between which the outline runs. */
  readonly innerSquared: number;
  readonly outerSquared: number;
}

/** The lowest of the upper faces; along creases the polynomial smooth minimum of the two lowest, a fillet. */
function topOf(faces: Faces, x: number, y: number): number {
  const squared = x * x + y * y;
  if (squared > faces.outerSquared) return -Infinity;
  const { upper, rounding } = faces;
  let lowest = Infinity;
  let second = Infinity;
  for (let i = 0; i < upper.length; i += 3) {
    const z = upper[i]! * x + upper[i + 1]! * y + upper[i + 2]!;
    if (z < lowest) {
      second = lowest;
      lowest = z;
    } else if (z < second) second = z;
  }
  const crease = rounding - (second - lowest);
  const top = crease > 0 ? lowest - (crease * crease) / (4 * rounding) : lowest;
  return squared < faces.innerSquared || liesWithin(faces, x, y, top) ? top : -Infinity;
}

function liesWithin({ lower, walls }: Faces, x: number, y: number, z: number): boolean {
  for (let i = 0; i < lower.length; i += 3) {
    if (lower[i]! * x + lower[i + 1]! * y + lower[i + 2]! > z) return false;
  }
  for (let i = 0; i < walls.length; i += 3) {
    if (walls[i]! * x + walls[i + 1]! * y > walls[i + 2]!) return false;
  }
  return true;
}

function movedBy(extent: Extent, [x, y, z]: Vector): Extent {
  return {
    left: extent.left + x,
    right: extent.right + x,
    bottom: extent.bottom + y,
    top: extent.top + y,
    low: extent.low + z,
    high: extent.high + z,
  };
}

import { dot, type Extent, type Vector } from './solid.ts';

/** The points p with `normal . p <= distance`. */
export interface HalfSpace {
  readonly normal: Vector;
  readonly distance: number;
}

/** Faces steeper than this are walls: they bound the outline and are not seen from above. */
const wallSlope = 1e-3;

export function isWall(normal: Vector): boolean {
  return Math.abs(normal[2]) < wallSlope;
}

/** What encloses a polyhedron about its origin. */
export interface PolyhedronBounds {
  readonly extent: Extent;
  /** Seen from above, the outline runs between these distances from the origin. */
  readonly innerRadius: number;
  readonly outerRadius: number;
}

/**
 * Bounds of all edges: of the line in which two faces meet, the stretch that no other face cuts off.
 * @throws RangeError when the half-spaces enclose nothing.
 */
export function boundsOf(faces: readonly HalfSpace[]): PolyhedronBounds {
  let [left, right, bottom, top] = [Infinity, -Infinity, Infinity, -Infinity];
  let [low, high, innerRadius, outerSquared] = [Infinity, -Infinity, Infinity, 0];
  const visit = ({ point, direction }: Line, along: number) => {
    const x = point[0] + along * direction[0];
    const y = point[1] + along * direction[1];
    const z = point[2] + along * direction[2];
    left = Math.min(left, x);
    right = Math.max(right, x);
    bottom = Math.min(bottom, y);
    top = Math.max(top, y);
    low = Math.min(low, z);
    high = Math.max(high, z);
    outerSquared = Math.max(outerSquared, x * x + y * y);
  };
  for (let i = 0; i < faces.length; i += 1) {
    for (let j = i + 1; j < faces.length; j += 1) {
      const line = lineOfBoth(faces[i]!, faces[j]!);
      const stretch = line && stretchWithin(line, faces, i, j);
      if (!stretch) continue;
      visit(line, stretch[0]);
      visit(line, stretch[1]);
      if (onOutline(faces[i]!, faces[j]!)) innerRadius = Math.min(innerRadius, distanceFromAxis(line));
    }
  }
  if (!(left < right)) throw new RangeError(`${faces.length} half-spaces enclose nothing`);
  return {
    extent: { left, right, bottom, top, low, high },
    innerRadius,
    outerRadius: Math.sqrt(outerSquared),
  };
}

/** An edge bounds the outline unless both its faces look up, or both down. */
function onOutline({ normal: one }: HalfSpace, { normal: other }: HalfSpace): boolean {
  return isWall(one) || isWall(other) || one[2] > 0 !== other[2] > 0;
}

/** Seen from above; an upright line is a corner there, and its neighbours come nearer. */
function distanceFromAxis({ point: [x, y], direction: [dx, dy] }: Line): number {
  const length = Math.sqrt(dx * dx + dy * dy);
  return length < 1e-9 ? Infinity : Math.abs(x * dy - y * dx) / length;
}

interface Line {
  readonly point: Vector;
  readonly direction: Vector;
}

/** With u = n1 x n2 it is (d1 (n2 x u) + d2 (u x n1)) / u^2 + t u; null for parallel faces. */
function lineOfBoth(one: HalfSpace, other: HalfSpace): Line | null {
  const direction = cross(one.normal, other.normal);
  const squared = dot(direction, direction);
  if (squared < 1e-12) return null;
  const first = cross(other.normal, direction);
  const second = cross(direction, one.normal);
  const a = one.distance / squared;
  const b = other.distance / squared;
  const point: Vector = [
    a * first[0] + b * second[0],
    a * first[1] + b * second[1],
    a * first[2] + b * second[2],
  ];
  return { point, direction };
}

function stretchWithin(
  { point, direction }: Line,
  faces: readonly HalfSpace[],
  own: number,
  other: number,
): readonly [number, number] | null {
  let [from, to] = [-Infinity, Infinity];
  for (let i = 0; i < faces.length; i += 1) {
    if (i === own || i === other) continue;
    const { normal, distance } = faces[i]!;
    const room = distance - dot(normal, point);
    const rate = dot(normal, direction);
    if (Math.abs(rate) < 1e-12) {
      if (room < -1e-9) return null;
    } else if (rate > 0) to = Math.min(to, room / rate);
    else from = Math.max(from, room / rate);
    if (from > to) return null;
  }
  return Number.isFinite(to - from) ? [from, to] : null;
}

function cross(a: Vector, b: Vector): Vector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

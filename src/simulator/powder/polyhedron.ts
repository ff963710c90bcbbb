import type { Random } from '../random.ts';
import { dot, type Extent, type Rotation, type Solid, turned, type Vector } from './solid.ts';

/** The points p with `normal . p <= distance`. */
export interface HalfSpace {
  readonly normal: Vector;
  readonly distance: number;
}

/** Faces steeper than this are walls: they bound the outline and are not seen from above. */
const wallSlope = 1e-3;

/**
 * The intersection of half-spaces about a centre, its upper edges rounded over `rounding`.
 * @throws RangeError when the half-spaces enclose nothing.
 */
export function polyhedron(
  halfSpaces: readonly HalfSpace[],
  centre: Vector = [0, 0, 0],
  rounding = 0,
  tone = 1,
): Solid {
  const extent = extentOf(halfSpaces, centre);
  const [upper, lower, walls] = [[] as number[], [] as number[], [] as number[]];
  for (const { normal, distance } of halfSpaces) {
    const shifted = distance + dot(normal, centre);
    const [nx, ny, nz] = normal;
    if (Math.abs(nz) < wallSlope) walls.push(nx, ny, shifted);
    else (nz > 0 ? upper : lower).push(-nx / nz, -ny / nz, shifted / nz);
  }
  const [above, below, beside] = [upper, lower, walls].map((list) => Float64Array.from(list));
  return { topAt: createTop(above!, below!, beside!, rounding), extent, tone };
}

/** Each list holds triples (a, b, c): z <= a x + b y + c, z >= a x + b y + c, a x + b y <= c. */
function createTop(upper: Float64Array, lower: Float64Array, walls: Float64Array, rounding: number) {
  const lid = createLid(upper, rounding);
  return (x: number, y: number): number => {
    for (let i = 0; i < walls.length; i += 3) {
      if (walls[i]! * x + walls[i + 1]! * y > walls[i + 2]!) return -Infinity;
    }
    const top = lid(x, y);
    for (let i = 0; i < lower.length; i += 3) {
      if (lower[i]! * x + lower[i + 1]! * y + lower[i + 2]! > top) return -Infinity;
    }
    return top;
  };
}

/** The lowest of the upper faces; along creases the polynomial smooth minimum of the two lowest, a fillet. */
function createLid(upper: Float64Array, rounding: number) {
  return (x: number, y: number): number => {
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
    return crease > 0 ? lowest - (crease * crease) / (4 * rounding) : lowest;
  };
}

/** A crystal: faces in even directions, jittered, at distances that differ; half extent about 1/2. */
export function crystalFaces(random: Random, count: number, flatness: number): HalfSpace[] {
  const spin = random.uniform(0, 2 * Math.PI);
  return Array.from({ length: count }, (_, i) => {
    // Fibonacci's sphere: even in height, turned by the golden angle from one face to the next.
    const z = Math.max(-1, Math.min(1, 1 - (2 * (i + 0.5)) / count + random.normal(0, 0.08)));
    const angle = spin + i * 2.399963 + random.normal(0, 0.25);
    const across = Math.sqrt(1 - z * z);
    // Squeezing space in z by the flatness steepens normals and shortens distances alike.
    const squeezed: Vector = [across * Math.cos(angle), across * Math.sin(angle), z / flatness];
    const length = Math.hypot(...squeezed);
    return { normal: unit(squeezed), distance: random.uniform(0.36, 0.52) / length };
  });
}

/** A box of the given half lengths with its twelve edges cut by `bevel` of the shortest one. */
export function boxFaces(half: Vector, bevel: number, rotation: Rotation): HalfSpace[] {
  const faces: HalfSpace[] = [];
  const cut = bevel * Math.min(...half);
  for (const [sx, sy, sz] of signs()) {
    const direction: Vector = [sx, sy, sz];
    const length = Math.hypot(sx, sy, sz);
    const axes = Math.abs(sx) + Math.abs(sy) + Math.abs(sz);
    const reach = Math.abs(sx) * half[0] + Math.abs(sy) * half[1] + Math.abs(sz) * half[2];
    const distance = (reach - (axes - 1) * cut) / length;
    faces.push({ normal: turned(rotation, unit(direction)), distance });
  }
  return faces;
}

/** A prism with `sides` side faces along its z axis, then turned: a rod or a plate. */
export function prismFaces(
  sides: number,
  radius: number,
  halfLength: number,
  rotation: Rotation,
): HalfSpace[] {
  const faces: HalfSpace[] = [
    { normal: turned(rotation, [0, 0, 1]), distance: halfLength },
    { normal: turned(rotation, [0, 0, -1]), distance: halfLength },
  ];
  for (let i = 0; i < sides; i += 1) {
    const angle = (2 * Math.PI * i) / sides;
    const across: Vector = [Math.cos(angle), Math.sin(angle), 0];
    faces.push({ normal: turned(rotation, across), distance: radius });
    // Cut edges catch the beam, as worn ones do.
    for (const end of [1, -1]) {
      const slanted = unit([across[0], across[1], end]);
      faces.push({
        normal: turned(rotation, slanted),
        distance: (radius + halfLength - 0.3 * Math.min(radius, halfLength)) * Math.SQRT1_2,
      });
    }
  }
  return faces;
}

function signs(): Vector[] {
  const steps = [-1, 0, 1];
  return steps
    .flatMap((x) => steps.flatMap((y) => steps.map((z): Vector => [x, y, z])))
    .filter((v) => v.some((step) => step !== 0));
}

function unit(v: Vector): Vector {
  const length = Math.hypot(v[0], v[1], v[2]);
  return [v[0] / length, v[1] / length, v[2] / length];
}

/** The box about all corners: the common points of three faces that no other face cuts off. */
function extentOf(faces: readonly HalfSpace[], [cx, cy, cz]: Vector): Extent {
  const box = {
    left: Infinity,
    right: -Infinity,
    bottom: Infinity,
    top: -Infinity,
    low: Infinity,
    high: -Infinity,
  };
  for (let i = 0; i < faces.length; i += 1) {
    for (let j = i + 1; j < faces.length; j += 1) {
      for (let k = j + 1; k < faces.length; k += 1) {
        const corner = cornerOf(faces[i]!, faces[j]!, faces[k]!);
        if (!corner || faces.some((face) => dot(face.normal, corner) > face.distance + 1e-9)) continue;
        box.left = Math.min(box.left, cx + corner[0]);
        box.right = Math.max(box.right, cx + corner[0]);
        box.bottom = Math.min(box.bottom, cy + corner[1]);
        box.top = Math.max(box.top, cy + corner[1]);
        box.low = Math.min(box.low, cz + corner[2]);
        box.high = Math.max(box.high, cz + corner[2]);
      }
    }
  }
  if (!(box.left < box.right)) throw new RangeError(`${faces.length} half-spaces enclose nothing`);
  return box;
}

/** Cramer's rule; null for faces that meet in no single point. */
function cornerOf(a: HalfSpace, b: HalfSpace, c: HalfSpace): Vector | null {
  const bc = cross(b.normal, c.normal);
  const determinant = dot(a.normal, bc);
  if (Math.abs(determinant) < 1e-9) return null;
  const ca = cross(c.normal, a.normal);
  const ab = cross(a.normal, b.normal);
  const coordinate = (axis: 0 | 1 | 2) =>
    (a.distance * bc[axis] + b.distance * ca[axis] + c.distance * ab[axis]) / determinant;
  return [coordinate(0), coordinate(1), coordinate(2)];
}

function cross(a: Vector, b: Vector): Vector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

/**
 * A convex solid in body units, seen from above. Bodies are unions of solids; the depth buffer joins them,
 * so a solid only says how high its upper side is.
 */
export interface Solid {
  /**
   * Writes into `tops` the height of the upper side above each of the first `count` points (xs, ys),
   * -Infinity beside the solid. Many points a call, because it is the innermost loop of every picture.
   */
  readonly topsAt: (points: Points, count: number, tops: Float64Array) => void;
  /** What encloses it. */
  readonly extent: Extent;
  /** Brightness against the rest of its body: above 1 for a phase of heavier elements. */
  readonly tone: number;
}

/** Places seen from above, in body units. */
export interface Points {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** The upper side above one point. */
export function topAt(solid: Solid, x: number, y: number): number {
  const top = new Float64Array(1);
  solid.topsAt({ x: Float64Array.of(x), y: Float64Array.of(y) }, 1, top);
  return top[0]!;
}

export interface Extent {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
  readonly low: number;
  readonly high: number;
}

/** The extent of all of them. */
export function enclosing(solids: readonly Solid[]): Extent {
  const least = (key: keyof Extent) =>
    solids.reduce((low, { extent }) => Math.min(low, extent[key]), Infinity);
  const most = (key: keyof Extent) =>
    solids.reduce((high, { extent }) => Math.max(high, extent[key]), -Infinity);
  return {
    left: least('left'),
    right: most('right'),
    bottom: least('bottom'),
    top: most('top'),
    low: least('low'),
    high: most('high'),
  };
}

export type Vector = readonly [x: number, y: number, z: number];
/** Rows are the images of the unit vectors' coordinates: r x = (row0 . x, row1 . x, row2 . x). */
export type Rotation = readonly [Vector, Vector, Vector];

export function dot(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

export function turned(rotation: Rotation, v: Vector): Vector {
  return [dot(rotation[0], v), dot(rotation[1], v), dot(rotation[2], v)];
}

/** Turns by `tilt` about a random horizontal axis and by `spin` about the vertical. */
export function rotationOf(tilt: number, tiltTowards: number, spin: number): Rotation {
  const [ct, st] = [Math.cos(tilt), Math.sin(tilt)];
  const [cx, sx] = [Math.cos(tiltTowards), Math.sin(tiltTowards)];
  const [cs, ss] = [Math.cos(spin), Math.sin(spin)];
  // Rodrigues' formula about the axis (-sin, cos, 0) of the tilt's direction, after the spin.
  const lean: Rotation = [
    [ct + sx * sx * (1 - ct), -sx * cx * (1 - ct), cx * st],
    [-sx * cx * (1 - ct), ct + cx * cx * (1 - ct), sx * st],
    [-cx * st, -sx * st, ct],
  ];
  const columns: Rotation = [
    [cs, ss, 0],
    [-ss, cs, 0],
    [0, 0, 1],
  ];
  return [
    [dot(lean[0], columns[0]), dot(lean[0], columns[1]), dot(lean[0], columns[2])],
    [dot(lean[1], columns[0]), dot(lean[1], columns[1]), dot(lean[1], columns[2])],
    [dot(lean[2], columns[0]), dot(lean[2], columns[1]), dot(lean[2], columns[2])],
  ];
}

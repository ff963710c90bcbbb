import type { PointPx } from './convex-hull.ts';

/** Caliper distances of a convex outline, in pixels. */
export interface FeretPx {
  readonly min: number;
  readonly max: number;
}

/**
 * Smallest and largest distance between two parallel lines that touch the hull on opposite sides
 * (x_Fmin and x_Fmax of ISO 9276-6 and ISO 13322-1), exact over all angles.
 *
 * Rotating calipers: one line lies along each edge in turn while the farthest vertex only moves forward.
 * The smallest distance always has a line along an edge (Houle & Toussaint 1988, doi:10.1109/34.6790). The
 * largest is between an edge's first vertex and one of those that the farthest vertex passes (Shamos 1978).
 *
 * @param hull strictly convex, every turn positive, at least three vertices.
 */
export function feretOf(hull: readonly PointPx[]): FeretPx {
  const after = (index: number): number => (index + 1 === hull.length ? 0 : index + 1);
  let min = Number.POSITIVE_INFINITY;
  let maxSquared = 0;
  let farthest = 1;
  for (let index = 0; index < hull.length; index++) {
    const start = hull[index]!;
    const end = hull[after(index)]!;
    const edgeX = end.x - start.x;
    const edgeY = end.y - start.y;
    // Height above the edge, times the edge's length.
    const height = ({ x, y }: PointPx): number => edgeX * (y - start.y) - edgeY * (x - start.x);

    maxSquared = Math.max(maxSquared, distanceSquared(start, hull[farthest]!));
    while (height(hull[after(farthest)]!) > height(hull[farthest]!)) {
      farthest = after(farthest);
      maxSquared = Math.max(maxSquared, distanceSquared(start, hull[farthest]!));
    }
    min = Math.min(min, height(hull[farthest]!) / Math.sqrt(edgeX * edgeX + edgeY * edgeY));
  }
  return { min, max: Math.sqrt(maxSquared) };
}

function distanceSquared(a: PointPx, b: PointPx): number {
  return (a.x - b.x) ** 2 + (a.y - b.y) ** 2;
}

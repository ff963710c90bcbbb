import type { Rotation, Solid, Vector } from './solid.ts';

/**
 * An ellipsoid of the given half axes, turned.
 *
 * With A = R diag(1 / a_k^2) R^T its surface is d^T A d = 1. Solved for z above (x, y):
 *   z = (-(A13 x + A23 y) + sqrt(A33 - alpha x^2 - 2 beta x y - gamma y^2)) / A33,
 *   alpha = A11 A33 - A13^2, beta = A12 A33 - A13 A23, gamma = A22 A33 - A23^2.
 */
export function ellipsoid(centre: Vector, halfAxes: Vector, rotation: Rotation, tone = 1): Solid {
  const weight: Vector = [1 / halfAxes[0] ** 2, 1 / halfAxes[1] ** 2, 1 / halfAxes[2] ** 2];
  const element = (i: 0 | 1 | 2, j: 0 | 1 | 2) =>
    rotation[i][0] * rotation[j][0] * weight[0] +
    rotation[i][1] * rotation[j][1] * weight[1] +
    rotation[i][2] * rotation[j][2] * weight[2];
  const reach = (i: 0 | 1 | 2) =>
    Math.hypot(rotation[i][0] * halfAxes[0], rotation[i][1] * halfAxes[1], rotation[i][2] * halfAxes[2]);
  const [a13, a23, a33] = [element(0, 2), element(1, 2), element(2, 2)];
  const alpha = element(0, 0) * a33 - a13 * a13;
  const beta = element(0, 1) * a33 - a13 * a23;
  const gamma = element(1, 1) * a33 - a23 * a23;
  const [cx, cy, cz] = centre;
  return {
    topsAt: (points, count, tops) => {
      for (let i = 0; i < count; i += 1) {
        const x = points.x[i]! - cx;
        const y = points.y[i]! - cy;
        const inside = a33 - alpha * x * x - 2 * beta * x * y - gamma * y * y;
        tops[i] = inside < 0 ? -Infinity : cz + (Math.sqrt(inside) - a13 * x - a23 * y) / a33;
      }
    },
    extent: {
      left: cx - reach(0),
      right: cx + reach(0),
      bottom: cy - reach(1),
      top: cy + reach(1),
      low: cz - reach(2),
      high: cz + reach(2),
    },
    tone,
  };
}

export function sphere(centre: Vector, radius: number, tone = 1): Solid {
  const [cx, cy, cz] = centre;
  const squared = radius * radius;
  return {
    topsAt: (points, count, tops) => {
      for (let i = 0; i < count; i += 1) {
        const inside = squared - (points.x[i]! - cx) ** 2 - (points.y[i]! - cy) ** 2;
        tops[i] = inside < 0 ? -Infinity : cz + Math.sqrt(inside);
      }
    },
    extent: {
      left: cx - radius,
      right: cx + radius,
      bottom: cy - radius,
      top: cy + radius,
      low: cz - radius,
      high: cz + radius,
    },
    tone,
  };
}

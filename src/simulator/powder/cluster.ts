import type { Random } from '../random.ts';
import { ellipsoid, sphere } from './ellipsoid.ts';
import type { HalfSpace } from './half-space.ts';
import { polyhedron } from './polyhedron.ts';
import { crystalFaces } from './polyhedron-faces.ts';
import { rotationOf, type Solid, type Vector } from './solid.ts';

export interface ClusterPlan {
  readonly count: number;
  /** Mean radius of a primary particle, in body units, and its geometric standard deviation. */
  readonly radius: number;
  readonly radiusSpread: number;
  /** Share of the primaries that are several times as large as the others; none by default. */
  readonly coarseShare?: number;
  /** 1: each primary takes the inmost free contact; 0: any; -1: the outmost, which makes chains. */
  readonly compactness: number;
  /** Distance of touching primaries over the sum of their radii: under 1 they are sintered. */
  readonly contact: number;
  readonly primary: 'crystal' | 'ellipsoid' | 'sphere';
}

interface Ball {
  readonly centre: Vector;
  readonly radius: number;
}

/** Primary particles that touch, each attached to an earlier one; the lowest lies on z = 0. */
export function growCluster(plan: ClusterPlan, random: Random): Solid[] {
  const balls: Ball[] = [{ centre: [0, 0, 0], radius: plan.radius }];
  while (balls.length < plan.count) {
    const isCoarse = plan.coarseShare !== undefined && random.uniform() < plan.coarseShare;
    const size = isCoarse ? random.uniform(2.5, 6.5) : Math.min(2, random.logNormal(1, plan.radiusSpread));
    const radius = plan.radius * size;
    const tries = 1 + Math.round(9 * Math.abs(plan.compactness));
    let best: { ball: Ball; score: number } | null = null;
    for (let i = 0; i < tries || best === null; i += 1) {
      const ball = contactOf(balls, radius, plan, random);
      const score = outwardness(ball) * plan.compactness + 10 * crowding(ball, balls, plan.contact);
      if (best === null || score < best.score) best = { ball, score };
    }
    balls.push(best.ball);
  }
  // From the top down, so that what is painted first spares what it hides.
  balls.sort((one, other) => other.centre[2] + other.radius - one.centre[2] - one.radius);
  const lowest = Math.min(...balls.map(({ centre, radius }) => centre[2] - radius));
  return balls.map(({ centre: [x, y, z], radius }) => primaryOf(plan, [x, y, z - lowest], radius, random));
}

function contactOf(balls: readonly Ball[], radius: number, plan: ClusterPlan, random: Random): Ball {
  const partner = balls[random.integer(0, balls.length - 1)]!;
  const angle = random.uniform(0, 2 * Math.PI);
  // Powder settles: contacts are more often beside than above.
  const rise = random.uniform(-0.75, 0.75);
  const across = Math.sqrt(1 - rise * rise) * plan.contact * (partner.radius + radius);
  const [x, y, z] = partner.centre;
  return {
    centre: [
      x + across * Math.cos(angle),
      y + across * Math.sin(angle),
      z + rise * plan.contact * (partner.radius + radius),
    ],
    radius,
  };
}

/** Distance from the middle, height counting more, so that clusters are flatter than high. */
function outwardness({ centre: [x, y, z] }: Ball): number {
  return Math.hypot(x, y, 1.6 * z);
}

/** How deep a ball would sit in others, beyond the contacts allowed. */
function crowding({ centre: [x, y, z], radius }: Ball, balls: readonly Ball[], contact: number): number {
  let deepest = 0;
  for (const { centre, radius: otherRadius } of balls) {
    const [dx, dy, dz] = [x - centre[0], y - centre[1], z - centre[2]];
    // Not Math.hypot, which is many times slower, for the innermost loop of growing.
    const apart = Math.sqrt(dx * dx + dy * dy + dz * dz);
    deepest = Math.max(deepest, 0.97 * contact * (radius + otherRadius) - apart);
  }
  return deepest;
}

function primaryOf(plan: ClusterPlan, centre: Vector, radius: number, random: Random): Solid {
  const tone = random.uniform(0.88, 1.12);
  if (plan.primary === 'sphere') return sphere(centre, radius, tone);
  if (plan.primary === 'crystal') {
    const faces = crystalFaces(random, random.integer(11, 14), random.uniform(0.75, 1.1));
    return polyhedron(scaled(faces, 2.2 * radius), centre, random.uniform(0.1, 0.5) * radius, tone);
  }
  const rotation = rotationOf(random.uniform(0, 1.5), random.uniform(0, 6.3), random.uniform(0, 6.3));
  const axes: Vector = [
    radius * random.uniform(0.8, 1.4),
    radius * random.uniform(0.8, 1.1),
    radius * random.uniform(0.7, 1),
  ];
  return ellipsoid(centre, axes, rotation, tone);
}

export function scaled(faces: readonly HalfSpace[], by: number): HalfSpace[] {
  return faces.map(({ normal, distance }) => ({ normal, distance: distance * by }));
}

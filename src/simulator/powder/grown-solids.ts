import type { Random } from '../random.ts';
import { scaled } from './cluster.ts';
import { ellipsoid, sphere } from './ellipsoid.ts';
import { polyhedron, polyhedronOnGround } from './polyhedron.ts';
import { boxFaces, crystalFaces } from './polyhedron-faces.ts';
import { enclosing, rotationOf, type Solid, topAt, type Vector } from './solid.ts';

/** A crystal of so many faces, more or less flat, as it came to lie. */
export function crystal(random: Random, faces: number): Solid {
  const flatness = random.uniform(0.55, 1);
  return polyhedronOnGround(crystalFaces(random, faces, flatness), random.uniform(0.01, 0.09));
}

/** A cuboid with worn edges, lying or tilted. */
export function box(random: Random): Solid {
  const tilt = random.uniform() < 0.6 ? Math.abs(random.normal(0, 0.15)) : random.uniform(0, 0.8);
  const rotation = rotationOf(tilt, random.uniform(0, 6.3), random.uniform(0, 6.3));
  const faces = boxFaces(
    [random.uniform(0.4, 0.7), random.uniform(0.3, 0.48), random.uniform(0.2, 0.45)],
    random.uniform(0.1, 0.5),
    rotation,
  );
  return polyhedronOnGround(faces, random.uniform(0.01, 0.06));
}

/** Gas-atomised metal: a ball, not quite round, with smaller ones stuck to it. */
export function satellitedSphere(random: Random): Solid[] {
  const lean = rotationOf(random.uniform(0, 1.5), random.uniform(0, 6.3), random.uniform(0, 6.3));
  const axes = [random.uniform(0.48, 0.53), 0.49, 0.49] as const;
  const satellites = random.uniform() < 0.45 ? random.integer(1, 4) : 0;
  const solids = [ellipsoid([0, 0, 0.5], axes, lean)];
  for (let i = 0; i < satellites; i += 1) {
    const angle = random.uniform(0, 2 * Math.PI);
    const rise = random.uniform(-0.1, 0.9);
    const radius = random.logNormal(0.07, 1.6);
    const apart = 0.46 + 0.7 * Math.min(0.16, radius);
    const across = apart * Math.sqrt(1 - rise * rise);
    const centre = [across * Math.cos(angle), across * Math.sin(angle), 0.5 + apart * rise] as const;
    solids.push(sphere(centre, Math.min(0.16, radius), 1.05));
  }
  return solids;
}

/** A coarse grain, or some grown together, with fine ones on the surface and around the foot. */
export function crustedSolids(grain: number, random: Random): Solid[] {
  const core = random.uniform() < 0.15 ? [box(random)] : lump(random.integer(1, 5), random);
  const extent = enclosing(core);
  const coreTop = (x: number, y: number) => Math.max(...core.map((solid) => topAt(solid, x, y)));
  const solids = [...core];
  const fines = Math.round(Math.min(150, random.uniform(0.3, 1.6) / grain ** 1.6));
  for (let i = 0; i < fines; i += 1) {
    const x = random.uniform(1.12 * extent.left, 1.12 * extent.right);
    const y = random.uniform(1.12 * extent.bottom, 1.12 * extent.top);
    const surface = coreTop(x, y);
    const radius = grain * random.logNormal(0.42, 1.5);
    // Beside the core a fine grain must touch it; farther out it is a particle of its own.
    if (surface === -Infinity && coreTop(0.88 * x, 0.88 * y) === -Infinity) continue;
    const z = surface === -Infinity ? extent.high * random.uniform(0.05, 0.5) : surface + 0.3 * radius;
    solids.push(sphere([x, y, z], radius, random.uniform(0.8, 1.25)));
  }
  return solids;
}

/** Crystals of falling size, each stuck into the first. */
function lump(count: number, random: Random): Solid[] {
  const solids = [crystal(random, random.integer(9, 18))];
  for (let i = 1; i < count; i += 1) {
    const angle = random.uniform(0, 2 * Math.PI);
    const apart = random.uniform(0.25, 0.5);
    const size = random.uniform(0.4, 0.8);
    const faces = scaled(crystalFaces(random, random.integer(9, 14), random.uniform(0.7, 1)), size);
    const centre: Vector = [
      apart * Math.cos(angle),
      apart * Math.sin(angle),
      random.uniform(0.5, 0.8) * size,
    ];
    solids.push(polyhedron(faces, centre, 0.06 * size, random.uniform(0.88, 1.12)));
  }
  return solids;
}

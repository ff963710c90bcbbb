import type { Random } from '../random.ts';
import type { HalfSpace } from './half-space.ts';
import { type Rotation, turned, type Vector } from './solid.ts';

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

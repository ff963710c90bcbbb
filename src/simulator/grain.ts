import type { StagePositionUm } from '../units.ts';
import { movedOutline, type Outline, outlineAreaUm2, outlineCentroid } from './outline.ts';
import type { Random } from './random.ts';

/** The shape of one grain, in micrometres from its centroid. */
export interface Grain {
  readonly outline: Outline;
  /** Where the grain is highest. */
  readonly apexUm: StagePositionUm;
  /** x0, y0, x1, y1, ... in 1/um: side i of the grain is the line `face . (point - apex) = 1`. */
  readonly faces: Float64Array;
  readonly heightUm: number;
  /** Direction of the longest extent from the stage's x axis, 0 to pi. */
  readonly orientationRad: number;
}

const cornerCount = 64;

/**
 * A crystal-like grain of exactly the asked area: the intersection of 5 to 9 half-planes with rounded
 * corners, stretched, turned and slightly roughened.
 *
 * Its gauge g(p) = (sum_i max(0, face_i . p)^8)^(1/8) is 1 on the (unroughened) outline and grows evenly
 * from 0 at the apex. A sum of convex terms under a norm is convex, so the set g <= 1 is convex too, and
 * the power 8 decides how sharp the corners are (infinity: a plain polygon).
 */
export function growGrain(diameterEquivalentUm: number, random: Random): Grain {
  const faces = drawFaces(random);
  const stretch = random.uniform(1, 1.35);
  const orientationRad = random.uniform(0, Math.PI);
  turnAndStretch(faces, orientationRad, stretch);

  const rough = roughness(random);
  const unscaled = new Float64Array(2 * cornerCount);
  for (let corner = 0; corner < cornerCount; corner += 1) {
    const angle = (2 * Math.PI * corner) / cornerCount;
    const [x, y] = [Math.cos(angle), Math.sin(angle)];
    // The gauge grows in proportion along a ray, so the outline lies at distance 1 / gauge(direction).
    const radius = rough(angle) / gaugeAt(faces, x, y);
    unscaled[2 * corner] = radius * x;
    unscaled[2 * corner + 1] = radius * y;
  }
  const areaUm2 = (Math.PI / 4) * diameterEquivalentUm ** 2;
  const scale = Math.sqrt(areaUm2 / outlineAreaUm2(unscaled));
  const scaled = unscaled.map((value) => value * scale);
  const centroid = outlineCentroid(scaled);
  const apexUm = { x: -centroid.x, y: -centroid.y };
  return {
    outline: movedOutline(scaled, apexUm),
    apexUm,
    faces: faces.map((value) => value / scale),
    heightUm: diameterEquivalentUm * random.uniform(0.3, 0.6),
    orientationRad,
  };
}

/** The grain's gauge at a point given from its apex: 0 at the apex, 1 on the outline, 2 twice as far out. */
export function gaugeAt(faces: Float64Array, x: number, y: number): number {
  let sum = 0;
  for (let i = 0; i < faces.length; i += 2) {
    const reach = faces[i]! * x + faces[i + 1]! * y;
    if (reach <= 0) continue;
    const squared = reach * reach;
    sum += squared * squared * squared * squared;
  }
  return Math.sqrt(Math.sqrt(Math.sqrt(sum)));
}

function drawFaces(random: Random): Float64Array {
  const count = random.integer(5, 9);
  const turn = random.uniform(0, 2 * Math.PI);
  const faces = new Float64Array(2 * count);
  for (let face = 0; face < count; face += 1) {
    // Jitter under half a step keeps neighbours less than half a turn apart, so the grain stays closed.
    const angle = turn + (2 * Math.PI * (face + random.uniform(-0.35, 0.35))) / count;
    const distance = random.uniform(0.8, 1.15);
    faces[2 * face] = Math.cos(angle) / distance;
    faces[2 * face + 1] = Math.sin(angle) / distance;
  }
  return faces;
}

/** Stretches the grain along the orientation; its faces, being 1/um, shrink by as much. */
function turnAndStretch(faces: Float64Array, orientationRad: number, stretch: number): void {
  const [cos, sin] = [Math.cos(orientationRad), Math.sin(orientationRad)];
  for (let i = 0; i < faces.length; i += 2) {
    const along = (faces[i]! * cos + faces[i + 1]! * sin) / stretch;
    const across = (-faces[i]! * sin + faces[i + 1]! * cos) * stretch;
    faces[i] = along * cos - across * sin;
    faces[i + 1] = along * sin + across * cos;
  }
}

/** A few harmonics of the radius, each a percent or so, smaller the finer. */
function roughness(random: Random): (angle: number) => number {
  const waves = [3, 5, 8, 13, 21].map((order) => ({
    order,
    amplitude: random.normal(0, 0.09 / order),
    phase: random.uniform(0, 2 * Math.PI),
  }));
  return (angle) =>
    waves.reduce((sum, wave) => sum + wave.amplitude * Math.cos(wave.order * angle + wave.phase), 1);
}

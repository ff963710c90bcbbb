import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { polyhedron, polyhedronOnGround } from '../../../src/simulator/powder/polyhedron.ts';
import { boxFaces, crystalFaces, prismFaces } from '../../../src/simulator/powder/polyhedron-faces.ts';
import { dot, rotationOf, topAt } from '../../../src/simulator/powder/solid.ts';
import { createRandom } from '../../../src/simulator/random.ts';

const upright = rotationOf(0, 0, 0);

describe('a polyhedron', () => {
  it('is a box with its six faces, put on the ground', () => {
    const box = polyhedronOnGround(boxFaces([1, 2, 3], 0, upright));
    expect(Object.values(box.extent).map((value) => Math.round(value * 1e6) / 1e6)).toEqual([
      -1, 1, -2, 2, 0, 6,
    ]);
    expect(topAt(box, 0, 0)).toBeCloseTo(6, 9);
    expect(topAt(box, 0.99, -1.99)).toBeCloseTo(6, 9);
    expect(topAt(box, 1.01, 0)).toBe(-Infinity);
    expect(topAt(box, 0, 2.01)).toBe(-Infinity);
  });

  it('is moved by its centre', () => {
    const faces = crystalFaces(createRandom(1), 14, 0.8);
    const [here, there] = [polyhedron(faces, [0, 0, 0], 0.05, 1), polyhedron(faces, [2, -1, 3], 0.05, 1)];
    expect(topAt(there, 2.1, -0.9)).toBeCloseTo(topAt(here, 0.1, 0.1) + 3, 9);
    expect(there.extent.right).toBeCloseTo(here.extent.right + 2, 9);
  });

  it('lies over a point just where a point of that line lies within all half-spaces', () => {
    const shapes = fc.record({
      seed: fc.integer({ min: 0, max: 1000 }),
      kind: fc.constantFrom('crystal', 'box', 'prism'),
      x: fc.double({ min: -0.8, max: 0.8, noNaN: true }),
      y: fc.double({ min: -0.8, max: 0.8, noNaN: true }),
    });
    fc.assert(
      fc.property(shapes, ({ seed, kind, x, y }) => {
        const random = createRandom(seed);
        const lean = rotationOf(random.uniform(0, 1.5), random.uniform(0, 6), random.uniform(0, 6));
        const faces =
          kind === 'crystal'
            ? crystalFaces(random, 12, 0.7)
            : kind === 'box'
              ? boxFaces([0.5, 0.4, 0.3], 0.3, lean)
              : prismFaces(6, 0.3, 0.6, lean);
        const solid = polyhedron(faces, [0, 0, 0], 0, 1);
        const top = topAt(solid, x, y);
        const heights = Array.from({ length: 400 }, (_, at) => -1 + at / 200);
        const inside = heights.filter((z) =>
          faces.every((face) => dot(face.normal, [x, y, z]) <= face.distance),
        );
        const { left, right, bottom, top: upper, high } = solid.extent;
        if (inside.length > 0) {
          expect(top).toBeGreaterThanOrEqual(inside.at(-1)!);
          expect(top).toBeLessThan(inside.at(-1)! + 1 / 200 + 1e-9);
          expect(x >= left && x <= right && y >= bottom && y <= upper && top <= high + 1e-9).toBe(true);
        }
        // Between two heights tried, a sliver may hide.
        if (inside.length === 0 && top !== -Infinity) {
          expect(faces.some((face) => dot(face.normal, [x, y, top - 1 / 200]) > face.distance)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('refuses half-spaces that enclose nothing', () => {
    expect(() => polyhedronOnGround([{ normal: [0, 0, 1], distance: 1 }])).toThrow('enclose nothing');
  });
});

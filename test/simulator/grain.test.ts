import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gaugeAt, growGrain } from '../../src/simulator/grain.ts';
import { outlineAreaUm2, outlineCentroid } from '../../src/simulator/outline.ts';
import { createRandom } from '../../src/simulator/random.ts';

const anyGrain = fc.record({
  diameterUm: fc.double({ min: 0.5, max: 50, noNaN: true }),
  seed: fc.integer({ min: 0, max: 2 ** 31 }),
});

describe('a grain', () => {
  it('has exactly the area of its equivalent diameter, about its centroid', () => {
    fc.assert(
      fc.property(anyGrain, ({ diameterUm, seed }) => {
        const { outline } = growGrain(diameterUm, createRandom(seed));
        const centroid = outlineCentroid(outline);
        expect(outlineAreaUm2(outline) / ((Math.PI / 4) * diameterUm ** 2)).toBeCloseTo(1, 9);
        expect(Math.hypot(centroid.x, centroid.y)).toBeLessThan(1e-9 * diameterUm);
      }),
    );
  });

  it('has a gauge of about 1 all along its outline, which roughness bends a little', () => {
    fc.assert(
      fc.property(anyGrain, ({ diameterUm, seed }) => {
        const { outline, apexUm, faces } = growGrain(diameterUm, createRandom(seed));
        for (let i = 0; i < outline.length; i += 2) {
          const gauge = gaugeAt(faces, outline[i]! - apexUm.x, outline[i + 1]! - apexUm.y);
          // Five harmonics of standard deviation 0.09 / (3, 5, 8, 13, 21): together under 0.063 x 5.
          expect(Math.abs(gauge - 1)).toBeLessThan(0.32);
        }
      }),
    );
  });

  it('is angular, not a disc: its outline’s distances differ', () => {
    const { outline } = growGrain(10, createRandom(4));
    const radii = Array.from({ length: outline.length / 2 }, (_, i) =>
      Math.hypot(outline[2 * i]!, outline[2 * i + 1]!),
    );
    expect(Math.max(...radii) / Math.min(...radii)).toBeGreaterThan(1.15);
  });
});

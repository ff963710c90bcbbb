import fc from 'fast-check';
import { expect, it } from 'vitest';
import { boxMean } from '../../../src/inference/masks/box-mean.ts';

it('means what lies around each pixel and inside the map', () => {
  // 3 x 3 around the corner: 1, 2, 4, 5; around the middle: 1 to 9.
  const means = boxMean(Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9), 3, 3, 1);
  expect([means[0], means[1], means[4], means[8]]).toEqual([3, 3.5, 5, 7]);
});

it('agrees with adding up every square, whatever its size', () => {
  const map = fc
    .tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 7 }))
    .chain(([width, height]) =>
      fc.record({
        width: fc.constant(width),
        height: fc.constant(height),
        radius: fc.integer({ min: 0, max: 9 }),
        values: fc.array(fc.integer({ min: 0, max: 255 }), {
          minLength: width * height,
          maxLength: width * height,
        }),
      }),
    );
  fc.assert(
    fc.property(map, ({ width, height, radius, values }) => {
      const means = boxMean(Float32Array.from(values), width, height, radius);
      for (const [pixel, mean] of means.entries()) {
        const around = values.filter(
          (_, other) =>
            Math.abs((other % width) - (pixel % width)) <= radius &&
            Math.abs(Math.floor(other / width) - Math.floor(pixel / width)) <= radius,
        );
        expect(mean).toBeCloseTo(around.reduce((sum, value) => sum + value, 0) / around.length, 3);
      }
    }),
  );
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { histogramOf as weightedHistogramOf } from '../../../src/statistics/numeric/histogram.ts';

function histogramOf(sorted: Float64Array, classesPerDecade: number) {
  return weightedHistogramOf(sorted, new Float64Array(sorted.length).fill(1), classesPerDecade);
}

const sizes = fc
  .array(fc.double({ min: 1e-6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 60 })
  .map((values) => Float64Array.from(values).sort());

describe('a histogram', () => {
  it('of one class per decade has its edges at powers of ten', () => {
    const { edges, counts } = histogramOf(Float64Array.of(0.5, 2, 3, 50, 5000), 1);
    expect(edges).toEqual([0.1, 1, 10, 100, 1000, 10_000]);
    expect(counts).toEqual([1, 2, 1, 0, 1]);
  });

  it('puts a value on an edge into the class above', () => {
    expect(histogramOf(Float64Array.of(1, 10), 1)).toEqual({
      edges: [1, 10, 100],
      counts: [1, 1],
      shares: [0.5, 0.5],
    });
  });

  it('tells values on and just below each of its edges apart', () => {
    for (let index = -60; index <= 60; index++) {
      const edge = 10 ** (index / 10);
      const justBelow = edge * (1 - Number.EPSILON / 2);
      expect(histogramOf(Float64Array.of(edge), 10).edges[0]).toBe(edge);
      expect(histogramOf(Float64Array.of(justBelow), 10).edges[1]).toBe(edge);
    }
  });

  it('counts every value once, each within its class', () => {
    fc.assert(
      fc.property(sizes, fc.integer({ min: 1, max: 20 }), (sorted, classesPerDecade) => {
        const { edges, counts } = histogramOf(sorted, classesPerDecade);
        expect(edges).toHaveLength(counts.length + 1);
        for (const [index, count] of counts.entries()) {
          const [from = Number.NaN, to = Number.NaN] = edges.slice(index, index + 2);
          expect(sorted.filter((value) => value >= from && value < to)).toHaveLength(count);
        }
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(sorted.length);
      }),
    );
  });

  it('gives each class the share of its weights', () => {
    // Weights 1 and 2 below 10, 5 above.
    const { counts, shares } = weightedHistogramOf(Float64Array.of(1, 2, 20), Float64Array.of(1, 2, 5), 1);
    expect(counts).toEqual([2, 1]);
    expect(shares).toEqual([3 / 8, 5 / 8]);
  });

  it('shares its edges with the histogram of other values', () => {
    const one = histogramOf(Float64Array.of(0.3, 40), 5).edges;
    const other = histogramOf(Float64Array.of(7, 900), 5).edges;
    // From 7 to 40 both are there: 10^(4/5) = 6.3, 10, 15.8, 25.1, 39.8.
    expect(one.filter((edge) => other.includes(edge))).toHaveLength(6);
  });
});

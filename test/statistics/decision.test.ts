import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decisionOf, type SizeTarget } from '../../src/statistics/decision.ts';
import { studentQuantile } from '../../src/statistics/numeric/student-t.ts';
import { runStatistics } from '../../src/statistics/run-statistics.ts';
import type { RunStatistics } from '../../src/statistics/size-statistics.ts';
import { anyTiles, runOf, tileOfDiameters } from './tiles.ts';

const target: SizeTarget = { d50Um: { min: 4, max: 6 }, probability: 0.95 };
const whole = { tilesMin: 8, reimage: 0, filling: false };
const plain = { resamples: 0, seed: 1, classesPerDecade: 10, visible: null };

/** A run whose D50 lies at the value; the standard error of its logarithm is the second number. */
function run(d50: number, error: number, tiles = 31): RunStatistics {
  const statistics = runStatistics(runOf([tileOfDiameters(1, 2, 3)]), plain);
  const half = studentQuantile(0.975, tiles - 1) * error;
  const estimate = { value: d50, low95: d50 * Math.exp(-half), high95: d50 * Math.exp(half) };
  const sizes = statistics.all.diameterEquivalentUm!;
  return {
    ...statistics,
    tiles,
    all: { ...statistics.all, diameterEquivalentUm: { ...sizes, d50: estimate } },
  };
}

describe('the decision', () => {
  it('accepts what lies well within the target', () => {
    expect(decisionOf(run(5, 0.01), target, whole)).toMatchObject({ verdict: 'accept', moreTiles: null });
  });

  it('rejects what lies well outside, on either side', () => {
    expect(decisionOf(run(3, 0.01), target, whole).verdict).toBe('reject');
    expect(decisionOf(run(8, 0.01), target, whole).verdict).toBe('reject');
  });

  it('gives one half to a D50 that lies on a limit, and no number of tiles decides', () => {
    const decision = decisionOf(run(6, 0.01), target, whole);
    expect(decision).toMatchObject({ verdict: 'more-tiles', moreTiles: null });
    expect(decision.probability).toBeCloseTo(0.5, 6);
    expect(decision.reason).toContain('on the limit');
  });

  it('asks for the tiles that narrow the doubt to the nearer limit', () => {
    // ln(6 / 5.7) = 0.05129 must be t_{0.95, 30} = 1.6973 standard errors; it is 0.06: 31 (1.6973 x 0.06 / 0.05129)^2 = 122.2.
    const decision = decisionOf(run(5.7, 0.06), target, whole);
    expect(decision).toMatchObject({ verdict: 'more-tiles', moreTiles: 123 - 31 });
  });

  it('asks for bad tiles again before it asks for more, once no more arrive', () => {
    const facts = { ...whole, reimage: 3 };
    expect(decisionOf(run(5.7, 0.06), target, facts).verdict).toBe('reimage');
    expect(decisionOf(run(5.7, 0.06), target, { ...facts, filling: true }).verdict).toBe('more-tiles');
  });

  it('waits for the least number of tiles, however narrow the interval', () => {
    const decision = decisionOf(run(5, 0.0001, 4), target, whole);
    expect(decision).toMatchObject({ verdict: 'more-tiles', probability: null, moreTiles: 4 });
  });

  it('says its probability and what is required, and does not round it up', () => {
    // ln(6 / 5.7) is 1.6 standard errors of 0.032056, a little under the 1.6973 that 0.95 takes with 30 degrees.
    const { reason, verdict } = decisionOf(run(5.7, 0.032056), target, whole);
    expect(verdict).toBe('more-tiles');
    expect(reason).toMatch(
      /^the D50 of 5.70 um lies between 4 and 6 um with a probability of 0.93\d?; 0.95 is required/,
    );
  });
});

describe('any run', () => {
  const probabilities = fc.double({ min: 0.51, max: 0.999, noNaN: true });
  const limits = fc
    .tuple(fc.double({ min: 0.1, max: 20, noNaN: true }), fc.double({ min: 1.01, max: 5, noNaN: true }))
    .map(([min, ratio]) => ({ min, max: min * ratio }));

  it('is never accepted below the required probability, nor rejected above its opposite', () => {
    fc.assert(
      fc.property(anyTiles, limits, probabilities, fc.boolean(), (tiles, d50Um, probability, filling) => {
        const statistics = runStatistics(runOf(tiles), { ...plain, resamples: 20 });
        const facts = { tilesMin: 2, reimage: tiles.length % 2, filling };
        const decision = decisionOf(statistics, { d50Um, probability }, facts);
        if (decision.verdict === 'accept') expect(decision.probability).toBeGreaterThanOrEqual(probability);
        if (decision.verdict === 'reject')
          expect(1 - decision.probability!).toBeGreaterThanOrEqual(probability);
        if (decision.probability === null) expect(['more-tiles', 'reimage']).toContain(decision.verdict);
      }),
    );
  });

  it('is decided the same way in any unit of length', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 10, noNaN: true }),
        fc.double({ min: 0.001, max: 0.3, noNaN: true }),
        limits,
        (d50, error, d50Um) => {
          const inUm = decisionOf(run(d50, error), { d50Um, probability: 0.9 }, whole);
          const nm = { min: 1024 * d50Um.min, max: 1024 * d50Um.max };
          const scaled = decisionOf(run(1024 * d50, error), { d50Um: nm, probability: 0.9 }, whole);
          expect(scaled.probability).toBeCloseTo(inUm.probability!, 9);
        },
      ),
    );
  });
});

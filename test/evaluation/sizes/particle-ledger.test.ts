import { describe, expect, it } from 'vitest';
import {
  type PlacedSize,
  particleLedger,
  totalLedger,
} from '../../../src/evaluation/sizes/particle-ledger.ts';

const particle = (x: number, diameterUm: number): PlacedSize => ({ centreUm: { x, y: 0 }, diameterUm });
const ledgerOf = (truth: PlacedSize[], found: PlacedSize[]) => particleLedger(truth, found, found);

describe('particleLedger', () => {
  it('says how much larger the particles came out that were found as themselves', () => {
    const { matched, extra } = ledgerOf(
      [particle(0, 4), particle(20, 8)],
      [particle(0.5, 4.4), particle(20, 8)],
    );
    // 10 % and none; the centres are 0.5 um apart, under a quarter of 4 um.
    expect(matched).toEqual({ count: 2, diameterMeanUm: 6, diameterErrorMean: expect.closeTo(0.05, 12) });
    expect(extra).toEqual({ count: 0, diameterMeanUm: null });
  });

  it('tells merged particles from missed ones', () => {
    // One found particle of 10 um covers x from -5 to 5, with two of 5 um side by side in it: a quarter of its area each.
    const ledger = ledgerOf([particle(-2.5, 5), particle(2.5, 5), particle(30, 2)], [particle(0, 10)]);
    expect(ledger.matched.count).toBe(0);
    expect(ledger.merged).toEqual({ count: 2, diameterMeanUm: 5 });
    expect(ledger.missed).toEqual({ count: 1, diameterMeanUm: 2 });
    expect(ledger.extra).toEqual({ count: 1, diameterMeanUm: 10 });
  });

  it('knows a particle merged into one that its border cuts, which is not counted', () => {
    expect(particleLedger([particle(0, 4)], [], [particle(1, 12)]).merged.count).toBe(1);
  });

  it('pairs each particle once, the nearest first', () => {
    const { matched, extra } = ledgerOf([particle(0, 4)], [particle(0.8, 4), particle(0.1, 5)]);
    expect(matched.diameterErrorMean).toBeCloseTo(0.25, 12);
    expect(extra).toEqual({ count: 1, diameterMeanUm: 4 });
  });
});

it('adds ledgers up, each particle counting once', () => {
  const one = ledgerOf([particle(0, 4)], [particle(0, 5)]);
  const two = ledgerOf([particle(0, 4), particle(20, 7), particle(40, 4)], [particle(0, 4), particle(20, 7)]);
  const total = totalLedger([one, two]);
  // +25 %, 0, 0; diameters 4, 4, 7.
  expect(total.matched).toEqual({
    count: 3,
    diameterMeanUm: expect.closeTo(5, 12),
    diameterErrorMean: expect.closeTo(0.25 / 3, 12),
  });
  expect(total.missed).toEqual({ count: 1, diameterMeanUm: 4 });
});

import { describe, expect, it } from 'vitest';
import { borderCorrected } from '../../src/statistics/border-correction.ts';
import { tileWith } from './tiles.ts';

// In a field of 100 um by 50 um, a box of 50 x 25 um lies whole at a quarter of all places, one of 20 x 10 um at 0.64.
const tiles = [
  tileWith([
    { areaUm2: 100, boxUm: [20, 10] },
    { areaUm2: 900, boxUm: [50, 25], certain: false },
  ]),
  tileWith([{ areaUm2: 400, touchesBorder: true, boxUm: [20, 20] }], 100),
];

describe('particles that borders cut', () => {
  it('are made up for by whole ones, each with the inverse of its chance to lie whole', () => {
    const { particles, border } = borderCorrected(tiles, 'weight');
    expect([...particles.areaUm2]).toEqual([100, 900]);
    expect(particles.weight[0]).toBeCloseTo(1 / 0.64, 12);
    expect(particles.weight[1]).toBeCloseTo(4, 12);
    expect([...particles.tile]).toEqual([0, 0]);
    expect([...particles.certain]).toEqual([1, 0]);
    expect(border.cut).toBe(1);
  });

  it('are left out without correction, or counted as they are', () => {
    expect([...borderCorrected(tiles, 'exclude').particles.weight]).toEqual([1, 1]);
    expect([...borderCorrected(tiles, 'include').particles.areaUm2]).toEqual([100, 900, 400]);
    expect([...borderCorrected(tiles, 'include').particles.tile]).toEqual([0, 0, 1]);
  });

  it('are put together from the pieces of touching tiles, and weighted by what all tiles show', () => {
    // A disc across the seam at x = 50: 30 um2 on the left, 10 on the right, cut along the same chord from y = -3 to 3.
    const piece = (areaUm2: number) => ({ areaUm2, touchesBorder: true, boxUm: [4, 6] as const });
    const left = {
      ...tileWith([piece(30)]),
      boxLeftUm: Float64Array.of(46),
      boxBottomUm: Float64Array.of(-3),
    };
    const right = {
      ...tileWith([piece(10)], 100),
      boxLeftUm: Float64Array.of(50),
      boxBottomUm: Float64Array.of(-3),
    };
    const chord = { fromUm: -3, toUm: 3 };
    const tiles = [
      { ...left, cuts: [[{ side: 'right' as const, ...chord }]] },
      { ...right, cuts: [[{ side: 'left' as const, ...chord }]] },
    ];
    const { particles, border } = borderCorrected(tiles, 'join');
    expect([...particles.areaUm2]).toEqual([40]);
    expect(border).toMatchObject({ method: 'join', cut: 2, joined: 1 });
    // A box of 8 um x 6 um in the 200 um x 50 um of both tiles.
    expect(particles.weight[0]).toBeCloseTo((200 * 50) / ((200 - 8) * (50 - 6)), 10);
  });

  it('shift D50 against plain exclusion by what is published', () => {
    // Plain: the median of areas 100 and 900 has the diameter half-way, (10 + 30) / 2 of 2 / sqrt(pi); with all three it is 20.
    expect(borderCorrected(tiles, 'exclude').border.diameterD50Shift).toBe(0);
    expect(borderCorrected(tiles, 'include').border.diameterD50Shift).toBeCloseTo(0, 10);
    // Weights 1.56 and 4: half of what counts is the larger one, 30 / 20 - 1.
    expect(borderCorrected(tiles, 'weight').border.diameterD50Shift).toBeCloseTo(0.5, 10);
    expect(borderCorrected([], 'weight').border.diameterD50Shift).toBeNull();
  });

  it('count less where tiles overlap, as a second tile may show them whole', () => {
    // Two fields that share 50 um: 150 um x 50 um in all. A box of 50 um x 25 um lies whole in one at (100 - 50) x 25
    // positions, in both at none: 2 x 1250 of 7500.
    const overlapping = [tileWith([{ areaUm2: 900, boxUm: [50, 25] }]), tileWith([], 50)];
    expect(borderCorrected(overlapping, 'weight').particles.weight[0]).toBeCloseTo(3, 12);
  });

  it('give no particle the weight of more than ten', () => {
    const huge = tileWith([{ areaUm2: 4000, boxUm: [99, 49] }]);
    expect([...borderCorrected([huge], 'weight').particles.weight]).toEqual([10]);
  });
});

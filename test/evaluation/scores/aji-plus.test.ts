import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ajiPlus } from '../../../src/evaluation/scores/aji-plus.ts';
import { draw, imagePairs, renumbered } from '../draw-labels.ts';

describe('ajiPlus', () => {
  const whole = draw('aaaa', 'aaaa');
  const halves = draw('xxyy', 'xxyy');
  const nothing = draw('....', '....');

  it('is a third for two squares that overlap by half', () => {
    // 2 of 4 px shared: 2 / (4 + 4 - 2) = 1/3.
    expect(ajiPlus(draw('aa.', 'aa.'), draw('.xx', '.xx'))).toBe(1 / 3);
  });

  it('is a third for a particle split into halves, and for two halves merged', () => {
    // One half is matched with 4 of 8 px, the other adds its 4 px to the union: 4 / (8 + 4).
    expect(ajiPlus(whole, halves)).toBe(1 / 3);
    expect(ajiPlus(halves, whole)).toBe(1 / 3);
  });

  it('adds missed and invented particles to the union', () => {
    // 2 px matched; 1 px missed, 3 px invented.
    expect(ajiPlus(draw('aa.b....'), draw('xx...yyy'))).toBe(2 / (2 + 1 + 3));
  });

  it('matches one to one for the greatest total IoU', () => {
    // As the matching's test derives: 3 + 3 px shared of 13 px in either image: 6 / (13 + 13 - 6).
    expect(ajiPlus(draw('aaaaaaaaaabbb'), draw('yyyxxxxxxxxxx'))).toBe(0.3);
  });

  it('settles equal totals for more shared pixels', () => {
    // As the matching's test derives: the pair with 4 px counts, not that with 2: 4 / (12 + 6 - 4).
    expect(ajiPlus(draw('aabbbbbbbbbb'), draw('xxxxxx......'))).toBe(4 / 14);
  });

  it('is 1 for two empty images and 0 where only one is empty', () => {
    expect(ajiPlus(nothing, nothing)).toBe(1);
    expect(ajiPlus(whole, nothing)).toBe(0);
    expect(ajiPlus(nothing, whole)).toBe(0);
  });

  it('is 1 for an image against itself, and between 0 and 1 for any two', () => {
    fc.assert(
      fc.property(imagePairs, ([truth, predicted]) => {
        expect(ajiPlus(truth, truth)).toBe(1);
        expect(ajiPlus(truth, predicted)).toBeGreaterThanOrEqual(0);
        expect(ajiPlus(truth, predicted)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('stays the same when the roles are swapped or the instances renumbered', () => {
    fc.assert(
      fc.property(imagePairs, ([truth, predicted]) => {
        const score = ajiPlus(truth, predicted);
        expect(ajiPlus(predicted, truth)).toBe(score);
        expect(ajiPlus(renumbered(truth), predicted)).toBe(score);
        expect(ajiPlus(truth, renumbered(predicted))).toBe(score);
      }),
      { numRuns: 500 },
    );
  });
});

import { describe, expect, it } from 'vitest';
import { diameterAtRecall, recallBySize } from '../../../src/evaluation/sizes/size-recall.ts';

/** Particles of these diameters, in parts of 1000 of the longest side. */
function sized(found: boolean, ...thousandths: number[]) {
  return thousandths.map((diameter) => ({ diameterShare: diameter / 1000, found }));
}

describe('recallBySize', () => {
  it('counts the found ones by octaves of the diameter', () => {
    // 1/64 = 0.0156 and 1/32 = 0.03125 bound a class, 1/32 and 1/16 = 0.0625 the next.
    const classes = recallBySize([
      ...sized(true, 20, 31.25, 40),
      ...sized(false, 16, 17),
      ...sized(true, 900),
    ]);
    const counted = classes.map(({ particles, found }) => [particles, found]);
    expect(counted).toEqual([
      [0, 0],
      [0, 0],
      [0, 0],
      [3, 1],
      [2, 2],
      [0, 0],
      [0, 0],
      [1, 1],
    ]);
    expect(classes[3]).toEqual({ from: 1 / 64, below: 1 / 32, particles: 3, found: 1, recall: 1 / 3 });
    expect(classes[0]?.recall).toBeNull();
    expect(classes[7]?.below).toBeNull();
  });
});

describe('diameterAtRecall', () => {
  it('is where half of the particles begin to be found, one lost large particle or not', () => {
    // In order of size: lost, lost, found, lost, found, found, found: the third and fourth pool to a half.
    const particles = [
      ...sized(false, 10, 20),
      ...sized(true, 30),
      ...sized(false, 40),
      ...sized(true, 50, 60, 70),
    ];
    expect(diameterAtRecall(particles, 0.5)).toBe(0.03);
    expect(diameterAtRecall(particles, 0.8)).toBe(0.05);
    // The last four of five are found from 50 on once the largest is lost: 3/4 reaches 0.5, but not 0.8.
    const withLost = [...particles, ...sized(false, 80)];
    expect(diameterAtRecall(withLost, 0.5)).toBe(0.03);
    expect(diameterAtRecall(withLost, 0.8)).toBeNull();
  });

  it('is unknown without particles', () => {
    expect(diameterAtRecall([], 0.5)).toBeNull();
  });
});

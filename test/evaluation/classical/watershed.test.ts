import { describe, expect, it } from 'vitest';
import { watershedHills } from '../../../src/evaluation/classical/watershed.ts';

const profile = Float32Array.of(1, 5, 2, 4, 1);

describe('watershedHills', () => {
  it('parts two peaks at the saddle, whose pixel goes to the higher side', () => {
    expect([...watershedHills(profile, 5, () => 2)]).toEqual([1, 1, 1, 2, 2]);
  });

  it('takes the lower peak for a bump when it rises less above the saddle than asked', () => {
    // It rises by 4 - 2 = 2.
    expect([...watershedHills(profile, 5, () => 2.5)]).toEqual([1, 1, 1, 1, 1]);
  });

  it('asks for a rise that may depend on the lower peak', () => {
    const asked: number[] = [];
    watershedHills(profile, 5, (peak) => {
      asked.push(peak);
      return 0;
    });
    expect(asked).toEqual([4]);
  });

  it('leaves the ground alone and numbers hills in reading order', () => {
    const height = Float32Array.of(0, 2, 0, 0, 0, 0, 0, 3, 3);
    expect([...watershedHills(height, 3, () => 1)]).toEqual([0, 1, 0, 0, 0, 0, 0, 2, 2]);
  });

  it('does not join the ends of two rows', () => {
    // Pixels 3 and 4 follow each other in memory, on opposite sides of the image.
    const height = Float32Array.of(0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0);
    expect(new Set(watershedHills(height, 4, () => 1))).toEqual(new Set([0, 1, 2]));
  });
});

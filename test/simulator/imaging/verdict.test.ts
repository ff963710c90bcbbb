import { describe, expect, it } from 'vitest';
import { boundarySteps, verdictOf } from '../../../src/simulator/imaging/verdict.ts';

const clear = { diameterPx: 40, visibleFraction: 1, cutByBorder: false, blurPx: 1, contrastToNoise: 10 };

describe('an expert’s verdict', () => {
  it('is certain of a large, whole, sharp particle', () => {
    expect(verdictOf(clear)).toBe('certain');
  });

  it.each([
    { diameterPx: 9 },
    { visibleFraction: 0.6 },
    { cutByBorder: true },
    { blurPx: 5 }, // 0.125 of 40 px
    { contrastToNoise: 2 },
  ])('is uncertain for %o', (flaw) => {
    expect(verdictOf({ ...clear, ...flaw })).toBe('uncertain');
  });

  it('rests on the step of grey across the boundary', () => {
    // A square of 6 x 6 pixels at 130 in the middle of 20 x 20 pixels at 50.
    const inside = (at: number) => [at % 20, Math.floor(at / 20)].every((place) => place >= 7 && place < 13);
    const labels = Uint16Array.from({ length: 400 }, (_, at) => (inside(at) ? 1 : 0));
    const grey = Float32Array.from(labels, (label) => (label ? 130 : 50));
    expect([...boundarySteps(grey, labels, 20, 1)]).toEqual([80, 80]);
  });
});

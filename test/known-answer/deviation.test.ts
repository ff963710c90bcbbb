import { describe, expect, it } from 'vitest';
import { deviationOf, deviationText, isClose } from '../../src/known-answer/deviation.ts';
import type { KnownParticle } from '../../src/known-answer/known-answer.ts';

const first: KnownParticle = {
  box: [10, 20, 40, 40],
  areaPx: 1000,
  objectness: 0.9,
  confidence: 0.8,
  certain: true,
};
const second: KnownParticle = { ...first, box: [100, 20, 40, 40], objectness: 0.8 };
const known = [first, second];

function found(changes: Partial<KnownParticle>): KnownParticle[] {
  return [second, { ...first, ...changes }];
}

describe('an answer', () => {
  it('is close to itself, in whatever order', () => {
    const deviation = deviationOf(known, found({}));
    expect(deviation).toEqual({
      ...{ expected: 2, found: 2, missed: 0, otherVerdicts: 0 },
      farthest: { areaShare: 0, objectness: 0, confidence: 0, boxPx: 0 },
    });
    expect(isClose(deviation)).toBe(true);
  });

  it.each([
    // 5 of 1,000 pixels are 0.5 %; edges of the box move by 2 px.
    [{ areaPx: 1005 }, { areaPx: 1006 }],
    [{ objectness: 0.9099 }, { objectness: 0.911 }],
    [{ confidence: 0.7801 }, { confidence: 0.779 }],
    [{ box: [12, 20, 38, 42] }, { box: [13, 20, 37, 40] }],
    [{}, { certain: false }],
  ] satisfies [Partial<KnownParticle>, Partial<KnownParticle>][])(
    'is close with %j, not with %j',
    (near, far) => {
      expect(isClose(deviationOf(known, found(near)))).toBe(true);
      expect(isClose(deviationOf(known, found(far)))).toBe(false);
    },
  );

  it('is not close with a particle more, a particle less, or one elsewhere', () => {
    const third = { ...first, box: [200, 200, 9, 9] } as const satisfies KnownParticle;
    expect(isClose(deviationOf(known, [...known, third]))).toBe(false);
    expect(isClose(deviationOf(known, [first]))).toBe(false);
    expect(deviationOf(known, [first, third])).toMatchObject({ found: 2, missed: 1 });
  });

  it('is told by its figures, each with what is allowed', () => {
    const text = deviationText(deviationOf(known, found({ areaPx: 1070, certain: false })));
    expect(text).toBe(
      '2 particles of 2, 1 certain in one answer only, areas within 7 % (at most 0.5 %), ' +
        'scores within 0 (0.01), confidences within 0 (0.02), boxes within 0 px (2)',
    );
  });
});

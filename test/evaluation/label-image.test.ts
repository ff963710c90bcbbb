import { describe, expect, it } from 'vitest';
import { instanceAreasPx, overlapTable } from '../../src/evaluation/label-image.ts';

describe('label images', () => {
  const truth = { widthPx: 3, heightPx: 2, labels: Uint16Array.of(5, 5, 0, 5, 900, 900) };

  it('have areas by id, consecutive or not', () => {
    expect(instanceAreasPx(truth)).toEqual(
      new Map([
        [5, 3],
        [900, 2],
      ]),
    );
  });

  it('share pixels pair by pair, background left out', () => {
    const predicted = { widthPx: 3, heightPx: 2, labels: Int32Array.of(0, 70_000, 70_000, 2, 70_000, 2) };
    expect(overlapTable(truth, predicted)).toEqual({
      truthAreasPx: instanceAreasPx(truth),
      predictedAreasPx: instanceAreasPx(predicted),
      overlaps: [
        { truthId: 5, predictedId: 70_000, pixels: 1 },
        { truthId: 5, predictedId: 2, pixels: 1 },
        { truthId: 900, predictedId: 70_000, pixels: 1 },
        { truthId: 900, predictedId: 2, pixels: 1 },
      ],
    });
  });

  it('of different size are refused with both sizes', () => {
    const turned = { widthPx: 2, heightPx: 3, labels: truth.labels };
    expect(() => overlapTable(truth, turned)).toThrow(
      'the prediction has 2 x 3 px, the truth 3 x 2 px: score a prediction at the truth',
    );
  });

  it('with too few labels are refused', () => {
    expect(() => instanceAreasPx({ ...truth, widthPx: 4 })).toThrow('holds 6 labels, expected 4 x 2 = 8');
  });
});

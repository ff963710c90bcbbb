import { describe, expect, it } from 'vitest';
import { detectionFaults } from '../../src/inference/detection-faults.ts';
import { detectionsOf } from './detections-of.ts';

const input = { values: new Float32Array(64 * 32), widthPx: 64, heightPx: 32, scaleX: 1, scaleY: 1 };
const found = detectionsOf([{ box: [4, 2, 60, 30], objectness: 0.9, bin: 5 }]);

describe('what a network gives', () => {
  it('fits when boxes are pixels and all else lies between 0 and 1', () => {
    expect(detectionFaults(found, input)).toEqual([]);
    expect(detectionFaults(detectionsOf([]), input)).toEqual([]);
  });

  it('does not when boxes are shares of the image', () => {
    const shares = { ...found, boxes: Float32Array.of(0.1, 0.1, 0.9, 0.95) };
    expect(detectionFaults(shares, input)).toEqual([
      'boxes end at 0.95: shares of the image, where pixels of the input are expected',
    ]);
  });

  it('does not when logits were left as they are, or nothing is a number', () => {
    expect(detectionFaults({ ...found, scores: Float32Array.of(-2.5) }, input)).toEqual([
      'scores lie between -2.5 and -2.5, expected 0 to 1; end it in the softmax or sigmoid of objectness',
    ]);
    expect(detectionFaults({ ...found, masks: Float32Array.of(Number.NaN) }, input)).toEqual([
      'masks lie between NaN and NaN, expected 0 to 1; end it in the sigmoid of the masks',
    ]);
  });
});

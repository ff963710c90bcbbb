import { expect, it } from 'vitest';
import { focusDrift } from '../../src/health/focus-drift.ts';
import { messageExamples } from '../../src/publish/schema/message-examples.ts';
import type { FinishedRun } from '../../src/store/finished.ts';

const { sequence: _, store: __, ...summary } = messageExamples.summary;

/** Samples whose edges are so soft, of one pixel size. */
function samples(blursPx: readonly (number | null)[], pixelSizeNm = 250): FinishedRun[] {
  return blursPx.map((edgeBlurMedianPx, index) => ({
    ...{ runId: index + 1, sampleId: `sample-${index + 1}`, runName: 'r', revision: 1 },
    payload: {
      ...summary,
      sample: { id: `sample-${index + 1}`, label: 'x' },
      imaging: { tiles: [], edgeBlurMedianPx },
      provenance: { ...summary.provenance, pixelSizesNm: [pixelSizeNm] },
    },
  }));
}

it('is told where the edges of the latest sample are softer than those of its history', () => {
  // Mean (4 x 1.1 + 4 x 1.2 + 2) / 9 = 1.244; ranges 7 x 0.1 and 0.8, so 3 sigma = 3 x 1.5 / 8 / 1.128 = 0.499.
  const drift = focusDrift(samples([1.1, 1.2, 1.1, 1.2, 1.1, 1.2, 1.1, 1.2, 2]));
  expect(drift?.what).toBe(
    'the edges of the latest sample, sample-9, are soft: 2.00 px in the median of its tiles',
  );
  expect(drift?.limit).toBe('1.74 px, from the last 9 samples of its pixel size');
});

it('is told of a focus that goes off a little with each sample', () => {
  expect(focusDrift(samples(Array.from({ length: 30 }, (_, day) => 1.1 * 1.01 ** day)))).not.toBeNull();
});

it('is not told of what varies as it used to or as noise does, of sharper edges, or of fewer than five samples', () => {
  expect(focusDrift(samples([1.1, 1.2, 1.15, 1.05, 1.18]))).toBeNull();
  // Mean 1.11, so up to 1.1766 px: 6 % over it.
  expect(focusDrift(samples([1.1, 1.1, 1.1, 1.1, 1.15]))).toBeNull();
  expect(focusDrift(samples([2, 2, 2, 2, 2, 1]))).toBeNull();
  expect(focusDrift(samples([1.1, 1.1, 1.1, 3]))).toBeNull();
  expect(focusDrift([])).toBeNull();
});

it('compares samples of one pixel size, and passes over those that have no edges', () => {
  const fine = samples([3, 3.1, 3, 3.1, 3], 50);
  expect(focusDrift([...samples(Array(9).fill(1.1)), ...fine])).toBeNull();
  expect(focusDrift(samples([1.1, 1.1, 1.1, 1.1, 1.1, null]))).toBeNull();
  expect(focusDrift(samples([1.1, null, 1.1, null, 1.1, 1.1, 2]))?.limit).toContain('the last 5 samples');
});

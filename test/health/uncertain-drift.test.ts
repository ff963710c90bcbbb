import { expect, it } from 'vitest';
import { uncertainDrift } from '../../src/health/uncertain-drift.ts';
import { messageExamples } from '../../src/publish/schema/message-examples.ts';
import type { FinishedRun } from '../../src/store/finished.ts';

/** Samples of 1,000 particles each, of which so many are uncertain. */
function samples(...uncertain: readonly number[]): FinishedRun[] {
  const { statistics, sequence: _, store: __, ...summary } = messageExamples.summary;
  return uncertain.map((count, index) => ({
    ...{ runId: index + 1, sampleId: `sample-${index + 1}`, runName: 'r', revision: 1 },
    payload: {
      ...summary,
      statistics: {
        ...statistics,
        all: { ...statistics.all, count: 1000 },
        uncertain: { ...statistics.uncertain, count },
      },
    },
  }));
}

it('is told where the latest sample lies outside the limits of its history', () => {
  // p' = (9 x 50 + 300) / 10,000 = 7.5 %; the ranges average 250 / 9 = 27.8, so 3 sigma = 3 x 27.8 / 1.128 = 7.4 %.
  const drift = uncertainDrift(samples(...Array(9).fill(50), 300));
  expect(drift?.what).toBe('30.0 % of the particles of the latest sample, sample-10, are uncertain');
  expect(drift?.limit).toMatch(/^0\.1 % to 14\.9 %, from the last 10 samples$/);
});

it('is not told of what varies as it used to, of an earlier sample, or of fewer than five', () => {
  expect(uncertainDrift(samples(50, 60, 55, 45, 58))).toBeNull();
  expect(uncertainDrift(samples(...Array(8).fill(50), 300, 50))).toBeNull();
  expect(uncertainDrift(samples(50, 50, 50, 300))).toBeNull();
});

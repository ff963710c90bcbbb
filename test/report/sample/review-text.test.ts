import { describe, expect, it } from 'vitest';
import { nightReport } from '../../../src/report/night/model.ts';
import { nightText } from '../../../src/report/night/plain-text.ts';
import { filterSection } from '../../../src/report/sample/filter-card.ts';
import { reviewText } from '../../../src/report/sample/review-text.ts';
import { factsOf, runOf } from '../night/nights.ts';
import { wholeSummary } from './example-summary.ts';

const estimate = (value: number) => ({ value, low95: value * 0.9, high95: value * 1.1 });
const review = {
  ...{ corrections: 41, tiles: 6 },
  unreviewed: {
    ...{ count: 1_234, uncertainCount: 0, areaMeanUm2: estimate(4), diameterByVolumeUm: null },
    diameterUm: { mean: estimate(2.2), d10: estimate(1), d50: estimate(2), d90: estimate(4) },
  },
};
const said =
  /Reviewed by Ada and Bo: 41 corrections on 6 tiles count\. As the model found them: 1,234 particles, D10 1\.0\S* µm \(.*\), D50 2\.0\S* µm/;

function reviewed<Summary extends typeof wholeSummary>(summary: Summary): Summary {
  return {
    ...summary,
    statistics: { ...summary.statistics, review },
    provenance: { ...summary.provenance, reviewedBy: ['Ada', 'Bo'] },
  };
}

describe('a reviewed run', () => {
  it('says who corrected it, and the figures without that, on its page', () => {
    expect(reviewText(wholeSummary)).toBeNull();
    expect(filterSection(wholeSummary)).toBeNull();
    expect(filterSection(reviewed(wholeSummary))?.text.replaceAll('&nbsp;', ' ')).toMatch(said);
  });

  it("says so in the night's mail", () => {
    const run = runOf({ label: 'powder', d50: 5 });
    const mailOf = (summary: typeof run.summary) =>
      nightText(
        nightReport({
          ...factsOf([]),
          finished: [{ run: { ...run, summary }, previous: null, revises: null }],
        }),
      ).replaceAll(/\s+/g, ' ');
    expect(mailOf(run.summary)).not.toContain('Reviewed');
    expect(mailOf(reviewed(run.summary))).toMatch(said);
  });
});

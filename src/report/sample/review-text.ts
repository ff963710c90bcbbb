import { counted, countText } from '../figure-text.ts';
import { comparedText } from './filter-text.ts';
import type { SampleSummary } from './sample-summary.ts';

/** Who corrected the particles that count, and the figures without that; null where nobody did. */
export function reviewText({ statistics: { review }, provenance }: SampleSummary): string | null {
  if (!review) return null;
  const who = new Intl.ListFormat('en-GB').format(provenance.reviewedBy ?? []);
  const { corrections, tiles, unreviewed } = review;
  const figures = comparedText(unreviewed) ?? 'no figures';
  return `Reviewed by ${who}: ${counted(corrections, 'correction')} on ${counted(tiles, 'tile')} ${corrections === 1 ? 'counts' : 'count'}. As the model found them: ${countText(unreviewed.count)} particles, ${figures}.`;
}

import { z } from 'zod';
import { verdicts } from '../../statistics/decision.ts';
import { sizesOf } from '../../statistics/published-sizes.ts';
import { counted, countText, estimateValueText, intervalText, percentText } from '../figure-text.ts';
import { sampleSummary } from '../sample/sample-summary.ts';
import { decisionTitle } from '../sample/verdict-text.ts';

/** What the index says of a run, in words; a figure that is not known is null. */
const entrySchema = z.strictObject({
  name: z.string(),
  verdict: z.enum(verdicts).nullable(),
  /** The verdict, or what is said without a target. */
  badge: z.string(),
  d50: z.string().nullable(),
  interval: z.string().nullable(),
  particles: z.string().nullable(),
  /** What the particles come from. */
  tiles: z.string().nullable(),
});
export type IndexEntry = z.infer<typeof entrySchema>;

/** A run's folder in the report folder, and what stands in it. */
export const indexedRunSchema = z.strictObject({
  sampleId: z.string(),
  run: z.string(),
  /** Of `summary.json`: the same file is not read twice. */
  modifiedMs: z.number(),
  bytes: z.number(),
  entry: entrySchema,
});
export type IndexedRun = z.infer<typeof indexedRunSchema>;

/**
 * @param text content of a run's `summary.json`.
 * @returns an entry that says so where it cannot be read, so that no sample is missing without a word.
 */
export function indexEntry(sampleId: string, text: string): IndexEntry {
  const nothing = { verdict: null, d50: null, interval: null, particles: null, tiles: null };
  try {
    // In the file there is a `sequence` that what the store keeps does not have.
    const { sequence: _, ...payload } = z.looseObject({}).parse(JSON.parse(text));
    const summary = sampleSummary(payload);
    const { sample, decision, statistics, coverage, sufficiency } = summary;
    const { all, uncertain } = statistics;
    const d50 = sizesOf(all)?.d50;
    const measured = sufficiency.sufficient ? 'Precise enough' : 'Not yet precise enough';
    const share = all.count === 0 ? '' : `, ${percentText(uncertain.count / all.count)} uncertain`;
    return {
      name: sample.label || sample.id,
      verdict: decision?.verdict ?? null,
      badge: decisionTitle(summary) ?? (d50 ? measured : 'No particles'),
      d50: d50 ? estimateValueText(d50, 'µm') : null,
      interval: d50 ? intervalText(d50) : null,
      particles: countText(all.count),
      tiles: `${countText(statistics.tiles)} of ${counted(coverage.tilesExpected, 'tile')}${share}`,
    };
  } catch {
    return { ...nothing, name: sampleId, badge: 'Of another version' };
  }
}

import { z } from 'zod';
import { summarySchema } from '../../publish/schema/summary.ts';

const schema = summarySchema.omit({ sequence: true, store: true });

/** A summary as the store keeps it: without the number that it is sent under. */
export type SampleSummary = z.infer<typeof schema>;

/** @throws Error naming the faults, as for a summary that an older version wrote. */
export function sampleSummary(payload: unknown): SampleSummary {
  const parsed = schema.safeParse(payload);
  if (parsed.success) return parsed.data;
  throw new Error(`the summary is not one of this version: ${z.prettifyError(parsed.error)}`);
}

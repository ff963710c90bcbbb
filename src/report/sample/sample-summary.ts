import { z } from 'zod';
import { summarySchema } from '../../publish/schema/summary.ts';

const schema = summarySchema.omit({ sequence: true, store: true });

/** A summary as the store keeps it: without the number that it is sent under. */
export type SampleSummary = z.infer<typeof schema>;

/** @throws Error where another version wrote it, saying which. */
export function sampleSummary(payload: unknown): SampleSummary {
  const parsed = schema.safeParse(payload);
  if (parsed.success) return parsed.data;
  const [fault] = parsed.error.issues;
  const { data } = z.object({ schema: z.string() }).safeParse(payload);
  const known = schema.shape.schema.value;
  throw new Error(
    data && data.schema !== known
      ? `the summary is of ${data.schema} and this version reads ${known}; the command reanalyse makes it anew`
      : `the summary is not one of this version: its ${fault?.path.join('.') || 'form'} is not as ${known} has it`,
  );
}

import type { z } from 'zod';
import { summarySchema } from '../publish/schema-summary.ts';
import type { FinishedRun } from '../store/finished.ts';

const stored = summarySchema.omit({ sequence: true });

/** A summary as the store keeps it. */
export type NightSummary = z.infer<typeof stored>;

/** A run that had finished by the end of the night. */
export interface NightRun {
  readonly runId: number;
  readonly summary: NightSummary;
  readonly finishedAt: Date;
}

/** Null for what another version of particled wrote: its figures may mean something else. */
export function nightRun({ runId, payload }: FinishedRun): NightRun | null {
  const { success, data } = stored.safeParse(payload);
  return success ? { runId, summary: data, finishedAt: new Date(data.at) } : null;
}

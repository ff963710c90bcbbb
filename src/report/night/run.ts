import type { FinishedRun } from '../../store/finished.ts';
import { type SampleSummary, sampleSummary } from '../sample/sample-summary.ts';

/** A run that had finished by the end of the night. */
export interface NightRun {
  readonly runId: number;
  readonly summary: SampleSummary;
  readonly finishedAt: Date;
}

/** Null for what another version of particled wrote: its figures may mean something else. */
export function nightRun({ runId, payload }: FinishedRun): NightRun | null {
  try {
    const summary = sampleSummary(payload);
    return { runId, summary, finishedAt: new Date(summary.at) };
  } catch {
    return null;
  }
}

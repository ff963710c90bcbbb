import { nightRun } from '../report/night/run.ts';
import { CONTROL_SAMPLES_MIN, type ControlPoint, controlPoints } from '../report/night/uncertain-control.ts';
import type { FinishedRun } from '../store/finished.ts';

/** The samples that a share of uncertain particles is held against. */
export const DRIFT_SAMPLES = 30;

/**
 * Whether the latest sample's share of uncertain particles lies outside the 3-sigma limits of the last samples, as the
 * night's control chart has them; never before there are five samples.
 * @param runs finished ones, oldest first
 */
export function uncertainDrift(
  runs: readonly FinishedRun[],
): { readonly what: string; readonly limit: string } | null {
  const points = controlPoints(runs.flatMap((run) => nightRun(run) ?? []));
  const last = points.at(-1);
  if (points.length < CONTROL_SAMPLES_MIN || !last?.isOut) return null;
  const sample = runs.find(({ runId }) => runId === last.runId)?.sampleId ?? '';
  return {
    what: `${percent(last.share)} of the particles of the latest sample, ${sample}, are uncertain`,
    limit: `${limitsText(last)}, from the last ${points.length} samples`,
  };
}

function limitsText({ low, high }: ControlPoint): string {
  return `${percent(low)} to ${percent(high)}`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

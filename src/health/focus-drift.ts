import { individualLimits } from '../report/charts/control-limits.ts';
import { nightRun } from '../report/night/run.ts';
import { CONTROL_SAMPLES_MIN } from '../report/night/uncertain-control.ts';
import type { FinishedRun } from '../store/finished.ts';

/** By so much of itself the figure moves with the noise of the picture alone (docs/measurement.md). */
const OWN_DEVIATION_SHARE = 0.02;
/** The softness in pixels goes with their size, so samples of one size are compared. */
const SAME_SIZE_SHARE = 0.01;

/**
 * Whether the edges of the latest sample are softer than the 3-sigma limit of the last samples of its pixel size, by an
 * individuals chart; never before there are five samples. Edges that are sharper than they used to be are no trouble.
 * @param runs finished ones, oldest first
 */
export function focusDrift(
  runs: readonly FinishedRun[],
): { readonly what: string; readonly limit: string } | null {
  const samples = runs.flatMap((run) => nightRun(run) ?? []).map(({ summary }) => focusOf(summary));
  const last = samples.at(-1);
  if (!last?.blurPx) return null;
  const { pixelSizeNm } = last;
  const alike = samples.filter((sample) => Math.abs(sample.pixelSizeNm / pixelSizeNm - 1) <= SAME_SIZE_SHARE);
  const blurs = alike.flatMap(({ blurPx }) => blurPx ?? []);
  if (blurs.length < CONTROL_SAMPLES_MIN) return null;
  const { centre, reach } = individualLimits(blurs);
  const limitPx = centre + Math.max(reach, 3 * OWN_DEVIATION_SHARE * centre);
  if (last.blurPx <= limitPx) return null;
  return {
    what: `the edges of the latest sample, ${last.sampleId}, are soft: ${last.blurPx.toFixed(2)} px in the median of its tiles`,
    limit: `${limitPx.toFixed(2)} px, from the last ${blurs.length} samples of its pixel size`,
  };
}

function focusOf({ sample, imaging, provenance }: NonNullable<ReturnType<typeof nightRun>>['summary']) {
  return {
    sampleId: sample.id,
    pixelSizeNm: provenance.pixelSizesNm[0] ?? Number.NaN,
    blurPx: imaging.edgeBlurMedianPx ?? null,
  };
}

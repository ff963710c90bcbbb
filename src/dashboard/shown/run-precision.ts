import type { z } from 'zod';
import type { StoreReader } from '../../store/database.ts';
import type { Precision } from '../../store/precisions.ts';
import type { StoredRun } from '../../store/runs.ts';
import type { PrecisionPoint, precisionSchema } from '../api/precision.ts';

/** How a run's intervals narrowed as its tiles came. */
export function runPrecision(
  store: Pick<StoreReader, 'precisions'>,
  run: Pick<StoredRun, 'id'>,
): z.infer<typeof precisionSchema> {
  return { points: store.precisions.ofRun(run.id).map(pointOf) };
}

/** What a revision knew; undefined where it knew nothing, or it is no longer kept. */
export function precisionOf(
  store: Pick<StoreReader, 'precisions'>,
  runId: number,
  revision: number,
): PrecisionPoint | undefined {
  const found = store.precisions.ofRun(runId).find((one) => one.revision === revision);
  return found && pointOf(found);
}

function pointOf({ revision, tiles, d10, d50, d90 }: Precision): PrecisionPoint {
  return { revision, tiles, d10Um: figureOf(d10), d50Um: figureOf(d50), d90Um: figureOf(d90) };
}

function figureOf({ value, low95, high95 }: Precision['d50']) {
  return { value, low: low95, high: high95 };
}

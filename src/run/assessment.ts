import type { Config } from '../config/schema.ts';
import type { RunState } from '../grid/coverage.ts';
import { type SummaryFacts, siteFields } from '../publish/compose.ts';
import { decisionOf, type SizeTarget } from '../statistics/decision.ts';
import { type PrecisionTarget, precisionOf } from '../statistics/sufficiency.ts';
import type { Expectation } from '../store/expectation.ts';
import type { RunDigest } from './digest.ts';
import { missingPlaces } from './layout.ts';

/** What a sample is asked for. */
export interface SampleGoals {
  readonly precision: PrecisionTarget;
  /** Null: no verdict is asked for. */
  readonly target: SizeTarget | null;
}

/** What the configuration asks of every sample. */
export function configuredGoals({ precision, target }: Pick<Config, 'precision' | 'target'>): SampleGoals {
  const { d50MinUm: min, d50MaxUm: max, probability } = target;
  return {
    precision,
    target: min === null || max === null ? null : { d50Um: { min, max }, probability },
  };
}

/** The sample's own goals, where a controller named them, before the configured ones. */
export function goalsOf(configured: SampleGoals, { target, precision }: Expectation): SampleGoals {
  return {
    precision: { ...configured.precision, ...precision },
    target: target ?? configured.target,
  };
}

/** How a run stands when it is judged. */
export interface RunMoment {
  readonly final: boolean;
  readonly state: RunState;
  /** When the precision was reached first, if it was before. */
  readonly sufficientAtMs: number | null;
  readonly nowMs: number;
}

export type RunAssessment = Pick<
  SummaryFacts,
  'sufficiency' | 'decision' | 'imaging' | 'reimage' | 'uniformity'
>;

/** What a run's digest means for those who act on it. */
export function assessRun(
  digest: RunDigest,
  goals: SampleGoals,
  { final, state, sufficientAtMs, nowMs }: RunMoment,
): RunAssessment {
  const { reached, ...precision } = precisionOf(digest.statistics, goals.precision);
  const reachedAtMs = sufficientAtMs ?? (reached ? nowMs : null);
  const reimage = placesToImageAgain(digest, final && state !== 'finalised');
  return {
    sufficiency: {
      sufficient: reachedAtMs !== null,
      reachedAt: reachedAtMs === null ? null : new Date(reachedAtMs).toISOString(),
      targetRelativeHalfWidth: goals.precision.relativeHalfWidth,
      figures: goals.precision.figures,
      ...precision,
    },
    decision:
      goals.target &&
      decisionOf(digest.statistics, goals.target, {
        tilesMin: goals.precision.tilesMin,
        reimage: reimage.length,
        filling: !final,
      }),
    imaging: {
      tiles: digest.leftOut.map(({ tile, causes, reason }) => ({
        ...siteFields(tile, digest.sites.get(tile.id) ?? null),
        causes,
        reason,
      })),
      edgeBlurMedianPx: digest.edgeBlurMedianPx,
    },
    reimage,
    uniformity: digest.uniformity,
  };
}

/**
 * Failed and left out tiles at any time, where it is known where they are; missing ones once nothing more is waited for, unless whoever ended the run
 * chose not to image them.
 */
function placesToImageAgain(digest: RunDigest, missingToo: boolean): RunAssessment['reimage'] {
  const again = [
    ...digest.leftOut,
    ...digest.failed.map((tile) => ({ tile, causes: ['failed' as const] })),
  ].flatMap(({ tile, causes }) => {
    const { stagePositionUm } = tile.metadata;
    const { file, row, column } = siteFields(tile, digest.sites.get(tile.id) ?? null);
    return stagePositionUm === null ? [] : { file, row, column, stagePositionUm, causes };
  });
  if (!missingToo) return again;
  const missing = missingPlaces(digest).map((place) => ({
    ...place,
    file: null,
    causes: ['missing' as const],
  }));
  return [...again, ...missing];
}

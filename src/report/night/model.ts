import type { SampleSummary } from '../sample/sample-summary.ts';
import { attentionTo } from './attention.ts';
import { type Change, changeSince } from './change.ts';
import type { NightConditions } from './conditions.ts';
import type { ReportPages } from './report-pages.ts';
import type { NightRun } from './run.ts';
import type { NightPeriod } from './schedule.ts';
import { type ControlPoint, controlPoints } from './uncertain-control.ts';
import type { LocalDate } from './zoned-time.ts';

/** What a night's report is made from. */
export interface NightFacts {
  readonly instrument: string;
  readonly localDate: LocalDate;
  readonly timeZone: string;
  readonly period: NightPeriod;
  readonly finished: readonly FinishedInNight[];
  /** Runs of the night that another version of particled has written, by name. */
  readonly unreadable: readonly string[];
  /** The last runs up to the end of the night, oldest first, those of the night among them. */
  readonly recent: readonly NightRun[];
  readonly conditions: NightConditions;
  /** Null where no files are written. */
  readonly pages: ReportPages | null;
}

/** A run whose last result was made in the night. */
export interface FinishedInNight {
  readonly run: NightRun;
  /** The last measurement of the same sample before. */
  readonly previous: NightRun | null;
  /** The run's result of an earlier night, which this one supersedes. */
  readonly revises: NightRun | null;
}

/** rejected: the powder is not what it shall be; look: something keeps the figures from being taken as they are. */
export type Standing = 'rejected' | 'look' | 'well';

export interface NightSample extends NightRun {
  /** As typed at the microscope. */
  readonly name: string;
  readonly standing: Standing;
  /** Why somebody ought to look, in sentences. */
  readonly attention: readonly string[];
  readonly change: Change | null;
  readonly control: ControlPoint | null;
  /** When the result was made that this one supersedes. */
  readonly revises: Date | null;
}

export interface NightReport {
  readonly instrument: string;
  readonly localDate: LocalDate;
  readonly timeZone: string;
  readonly period: NightPeriod;
  /** Rejected ones first, then those that need a look, then the rest; within each in the order of finishing. */
  readonly samples: readonly NightSample[];
  readonly unreadable: readonly string[];
  readonly control: readonly ControlPoint[];
  readonly conditions: NightConditions;
  readonly pages: ReportPages | null;
}

const order: readonly Standing[] = ['rejected', 'look', 'well'];

/** What the night's mail says, before it is said in words. Pure. */
export function nightReport(facts: NightFacts): NightReport {
  const { instrument, localDate, timeZone, period, finished, unreadable, recent, conditions, pages } = facts;
  const control = controlPoints(recent);
  const samples = finished
    .map((one) => nightSample(one, control))
    .toSorted((a, b) => order.indexOf(a.standing) - order.indexOf(b.standing));
  return { instrument, localDate, timeZone, period, samples, unreadable, control, conditions, pages };
}

function nightSample(
  { run, previous, revises }: FinishedInNight,
  control: readonly ControlPoint[],
): NightSample {
  const point = control.find(({ runId }) => runId === run.runId) ?? null;
  const attention = attentionTo(run.summary, point ?? undefined);
  return {
    ...run,
    name: run.summary.sample.label || run.summary.sample.id,
    standing: standingOf(run.summary, attention),
    attention,
    change: previous && changeSince(run, previous),
    control: point,
    revises: revises?.finishedAt ?? null,
  };
}

function standingOf({ decision }: SampleSummary, attention: readonly string[]): Standing {
  if (decision?.verdict === 'reject') return 'rejected';
  return attention.length > 0 ? 'look' : 'well';
}

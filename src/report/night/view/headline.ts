import { counted } from '../../figure-text.ts';
import { troubles } from '../conditions.ts';
import type { NightReport, Standing } from '../model.ts';
import { localTimeOf } from '../zoned-time.ts';
import { longDate, shortDate } from './local-text.ts';

/** What a lock screen shows: `particled phenom-1, 23 Nov: 4 samples, 1 rejected, 2 need a look`. */
export function nightSubject(report: NightReport, prefix: string): string {
  const { instrument, localDate, samples, conditions } = report;
  const facts =
    samples.length === 0 ? ['no samples'] : [counted(samples.length, 'sample'), ...standings(report)];
  const trouble = troubles(conditions).length > 0 ? ['instrument needs attention'] : [];
  return `${`${prefix} ${instrument}`.trim()}, ${shortDate(localDate)}: ${[...facts, ...trouble].join(', ')}`;
}

/** `Night to Monday, 23 November 2026, 06:30 (Europe/Berlin)` */
export function nightTitle({ localDate, period, timeZone }: NightReport): string {
  return `Night to ${longDate(localDate)}, ${localTimeOf(period.to, timeZone)} (${timeZone})`;
}

/** `4 samples: 1 rejected, 2 need a look, 1 in order.` */
export function nightOutcome(report: NightReport): string {
  if (report.samples.length === 0) return 'No sample that this version of particled can read.';
  const well = numberOf(report, 'well');
  const all = [...standings(report), ...(well > 0 ? [`${well} in order`] : [])];
  return `${counted(report.samples.length, 'sample')}: ${all.join(', ')}.`;
}

function standings(report: NightReport): string[] {
  const rejected = numberOf(report, 'rejected');
  const look = numberOf(report, 'look');
  return [
    ...(rejected > 0 ? [`${rejected} rejected`] : []),
    ...(look > 0 ? [`${look} ${look === 1 ? 'needs' : 'need'} a look`] : []),
  ];
}

function numberOf({ samples }: NightReport, standing: Standing): number {
  return samples.filter((sample) => sample.standing === standing).length;
}

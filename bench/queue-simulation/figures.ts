import { figureDigits } from '../../src/statistics/numeric/figure-digits.ts';
import { percentile } from '../../src/statistics/numeric/percentile.ts';
import type { Outcome, Served } from './site.ts';
import { jainIndex } from './tallies.ts';

/** What of a simulated site is told. */
export interface SiteFigures {
  readonly p50S: number;
  readonly p99S: number;
  /** The worst microscope's p99 over the mean of all. */
  readonly worst: number;
  /** Of the tiles that each microscope has back. */
  readonly jain: number;
  /** Tiles that came in the last tenth of the time, and those that were answered, tell whether it keeps up. */
  readonly unanswered: number;
}

/** A tile that still waits counts with what it has waited. */
export function figuresOf(served: readonly Served[]): SiteFigures {
  const each = served.map(({ answeredS, unansweredS }) =>
    [...answeredS, ...unansweredS].toSorted((a, b) => a - b),
  );
  const p99s = each.filter(({ length }) => length > 0).map((own) => percentile(own, 0.99));
  const all = Float64Array.from(each.flat()).sort();
  return {
    p50S: percentile(all, 0.5),
    p99S: percentile(all, 0.99),
    worst: Math.max(...p99s) / (p99s.reduce((sum, one) => sum + one, 0) / p99s.length),
    jain: jainIndex(served.map(({ answeredS }) => answeredS.length)),
    unanswered: served.reduce((sum, { unansweredS }) => sum + unansweredS.length, 0),
  };
}

export const HEADER =
  '| site | workers busy | Redis thread | network in, out | wait in Redis | in stores, at most | memory | p50 | p99 | worst |';

export function row(name: string, outcome: Outcome, figures = figuresOf(outcome.served)): string {
  const { waiting, stored, redisBytes, bytesPerS } = outcome;
  const cells = [
    name,
    share(outcome.workersBusy),
    share(outcome.redisBusy),
    `${megabytes(bytesPerS.in)}, ${megabytes(bytesPerS.out)} MB/s`,
    `${figureDigits(waiting.mean)} (${waiting.most})`,
    String(stored.most),
    `${megabytes(redisBytes.most)} MB`,
    seconds(figures.p50S),
    seconds(figures.p99S),
    figureDigits(figures.worst),
  ];
  return `| ${cells.join(' | ')} |`;
}

function share(part: number): string {
  return `${(100 * part).toFixed(0)} %`;
}

function megabytes(bytes: number): string {
  return figureDigits(bytes / 1e6);
}

function seconds(value: number): string {
  return value < 600 ? `${figureDigits(value)} s` : `${figureDigits(value / 3600)} h`;
}

import { percentile } from '../../statistics/numeric/percentile.ts';
import type { MatchedRuns } from './matched-runs.ts';
import { figureNames, type ResultRun } from './result-folder.ts';
import type { RunFigures } from './run-figures.ts';

export const comparedNames = ['count', ...figureNames] as const;
export type ComparedName = (typeof comparedNames)[number];

/** A figure in A and in B. */
export interface ComparedFigure {
  readonly a: number | null;
  readonly b: number | null;
  /** b / a - 1; null where one has none. */
  readonly change: number | null;
  /** The 95 % interval of A's summary; null for a count, and where the summary has none. */
  readonly low95: number | null;
  readonly high95: number | null;
  /** Whether b lies outside of it. */
  readonly isOutside: boolean | null;
}

export interface ComparedRun {
  readonly sample: { readonly id: string; readonly label: string };
  readonly run: { readonly a: string; readonly b: string };
  readonly models: { readonly a: readonly string[]; readonly b: readonly string[] };
  /** Tiles that count in A, in B, and in both: the figures are of the last. */
  readonly tiles: MatchedRuns['tiles'];
  readonly figures: Readonly<Record<ComparedName, ComparedFigure>>;
}

/** How a figure moves over all runs. */
export interface OverallChange {
  readonly figure: ComparedName;
  /** Runs that have it in A and in B. */
  readonly runs: number;
  readonly median: number;
  /** The least and the greatest change. */
  readonly least: number;
  readonly greatest: number;
  /** Runs whose b lies outside of A's interval, of those that have one. */
  readonly outside: number;
  readonly withInterval: number;
  /** Those that move farthest, the worst first. */
  readonly worst: readonly { readonly sample: string; readonly run: string; readonly change: number }[];
}

/** How figures move from the results in A to those in B. */
export interface Comparison {
  readonly runs: readonly ComparedRun[];
  readonly overall: readonly OverallChange[];
  readonly leftOut: {
    readonly onlyA: readonly Pick<ResultRun, 'sampleId' | 'label' | 'name'>[];
    readonly onlyB: readonly Pick<ResultRun, 'sampleId' | 'label' | 'name'>[];
    readonly faults: readonly { readonly run: string; readonly reason: string }[];
    /** Tiles of compared runs that count in one of the two alone. */
    readonly tiles: number;
  };
}

const WORST = 3;

export function comparedRun({ a, b, tiles }: MatchedRuns, inA: RunFigures, inB: RunFigures): ComparedRun {
  const compared = (name: ComparedName): [ComparedName, ComparedFigure] => [
    name,
    comparedFigure(inA[name], inB[name], name === 'count' ? null : (a.estimates?.[name] ?? null)),
  ];
  return {
    sample: { id: a.sampleId, label: a.label },
    run: { a: a.name, b: b.name },
    models: { a: a.models, b: b.models },
    tiles,
    figures: Object.fromEntries(comparedNames.map(compared)) as Record<ComparedName, ComparedFigure>,
  };
}

function comparedFigure(
  a: number | null,
  b: number | null,
  interval: { readonly low95: number | null; readonly high95: number | null } | null,
): ComparedFigure {
  const { low95 = null, high95 = null } = interval ?? {};
  const isKnown = b !== null && low95 !== null && high95 !== null;
  return {
    ...{ a, b, low95, high95 },
    change: a === null || b === null || a === 0 ? null : b / a - 1,
    isOutside: isKnown ? b < low95 || b > high95 : null,
  };
}

/** One entry for each figure that any run has in both. */
export function overallChanges(runs: readonly ComparedRun[]): OverallChange[] {
  return comparedNames.flatMap((figure) => {
    const moved = runs.flatMap((run) => {
      const { change, isOutside } = run.figures[figure];
      return change === null ? [] : [{ sample: nameOf(run), run: run.run.a, change, isOutside }];
    });
    if (moved.length === 0) return [];
    const sorted = Float64Array.from(moved, ({ change }) => change).sort();
    const worst = moved
      .toSorted((one, other) => Math.abs(other.change) - Math.abs(one.change))
      .slice(0, WORST);
    return [
      {
        figure,
        runs: moved.length,
        ...{ median: percentile(sorted, 0.5), least: sorted[0]!, greatest: sorted.at(-1)! },
        outside: moved.filter(({ isOutside }) => isOutside).length,
        withInterval: moved.filter(({ isOutside }) => isOutside !== null).length,
        worst: worst.map(({ sample, run, change }) => ({ sample, run, change })),
      },
    ];
  });
}

export function nameOf({ sample }: Pick<ComparedRun, 'sample'>): string {
  return sample.label || sample.id;
}

/** @throws Error where the two were counted so differently that no model explains the difference */
export function requireComparable({ a, b }: MatchedRuns): void {
  const differ = (what: string, key: string, read: (run: ResultRun) => string): void => {
    const [one, other] = [read(a), read(b)];
    if (one !== other)
      throw new Error(
        `${a.sampleId}: its ${what} is ${one || 'none'} in A (${a.name}) and ${other || 'none'} in B (${b.name}); ` +
          `analyse both with the same ${key}`,
      );
  };
  differ('diameter', 'statistics.diameter', ({ diameter }) => diameter);
  differ('filter', 'statistics.filter', ({ filter }) => filter);
}

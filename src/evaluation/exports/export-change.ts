import type { ExportFigures } from './export-figures.ts';
import { type OutlinesAgain, outlinesAgain } from './outlines-again.ts';

/**
 * Up to this share of an export's outlines may be lost, new or of another verdict, and its areas may differ, before
 * it counts as changed. Where fewer than a hundred particles are, none may.
 */
export const CLOSENESS = 0.01;

/** One export against what was accepted of it. */
export interface ExportChange {
  readonly again: OutlinesAgain;
  /** Outlines found again whose verdict is the other one. */
  readonly turned: number;
  /** Now over then, less 1; null where one of the two has none. */
  readonly areaMedianChange: number | null;
  readonly areaMeanChange: number | null;
  /** What is beyond the closeness; empty where the export counts as unchanged. */
  readonly beyond: readonly string[];
}

export function exportChange(accepted: ExportFigures, now: ExportFigures): ExportChange {
  const again = outlinesAgain(accepted.outlines, now.outlines);
  const turned = again.pairs.filter(
    (pair) => accepted.outlines[pair.before]!.certain !== now.outlines[pair.now]!.certain,
  ).length;
  const areaMedianChange = relative(accepted.areaMedianPx, now.areaMedianPx);
  const areaMeanChange = relative(accepted.areaMeanPx, now.areaMeanPx);
  const shares = [
    ['lost', again.lost.length, accepted.count],
    ['new', again.added.length, accepted.count],
    ['turned', turned, accepted.count],
  ] as const;
  const areas = [
    ['median area', areaMedianChange],
    ['mean area', areaMeanChange],
  ] as const;
  const beyond = [
    ...shares.filter(([, n, of]) => n > CLOSENESS * of).map(([what, n]) => `${n} ${what}`),
    ...areas.flatMap(([what, change]) =>
      change !== null && Math.abs(change) > CLOSENESS ? [`${what} ${signedPercent(change)}`] : [],
    ),
    ...limitChange(accepted.limitReached, now.limitReached),
  ];
  return { again, turned, areaMedianChange, areaMeanChange, beyond };
}

function limitChange(before: string | null, now: string | null): string[] {
  if (before === now) return [];
  return [now === null ? `limit ${before} no longer reached` : `limit ${now} reached`];
}

function relative(before: number | null, now: number | null): number | null {
  return before === null || now === null ? null : now / before - 1;
}

export function signedPercent(share: number): string {
  const percent = (100 * share).toFixed(1);
  return `${share > 0 && Number(percent) !== 0 ? '+' : ''}${Number(percent) === 0 ? '0.0' : percent} %`;
}

import type { SampleSummary } from './sample-summary.ts';

/** A place of the grid that gives nothing to the figures, and why. */
export interface TileProblem {
  readonly kind: 'failed' | 'left out' | 'missing';
  readonly file: string | null;
  readonly row: number | null;
  readonly column: number | null;
  /** Where to image it again; null where that is not asked for. */
  readonly stagePositionUm: { readonly x: number; readonly y: number } | null;
  readonly reason: string;
}

/**
 * Every tile that failed, was left out or is missing, each once, with the place to image it again. Nothing is missing
 * of a scan that was ended on request.
 */
export function tileProblems({
  failedTiles,
  imaging,
  reimage,
  coverage,
  state,
}: SampleSummary): TileProblem[] {
  const again = new Map(reimage.map((place) => [keyOf(place), place.stagePositionUm]));
  const positionOf = (tile: Place) => again.get(keyOf(tile)) ?? null;
  const problems: TileProblem[] = [
    ...failedTiles.map((tile) => ({ ...placeOf(tile), kind: 'failed' as const, reason: tile.reason })),
    ...imaging.tiles.map((tile) => ({ ...placeOf(tile), kind: 'left out' as const, reason: tile.reason })),
    ...(state === 'finalised' ? [] : coverage.missing).map((site) => ({
      ...site,
      file: null,
      kind: 'missing' as const,
      reason: 'no tile has come from there',
    })),
  ].map((problem) => ({ ...problem, stagePositionUm: positionOf(problem) }));
  const known = new Set(problems.map(keyOf));
  for (const place of reimage) {
    if (known.has(keyOf(place))) continue;
    const kind = place.file === null ? 'missing' : 'left out';
    problems.push({ ...place, kind, reason: place.causes.join(', ') });
  }
  return problems;
}

interface Place {
  readonly file: string | null;
  readonly row: number | null;
  readonly column: number | null;
}

function placeOf({ file, row, column }: Place): Place {
  return { file, row, column };
}

function keyOf({ file, row, column }: Place): string {
  return `${file ?? ''}|${row ?? ''}|${column ?? ''}`;
}

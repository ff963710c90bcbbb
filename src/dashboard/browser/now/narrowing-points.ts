import type { PrecisionPoint } from '../../api/precision.ts';

/** Both, the fewest tiles first; of those of as many tiles the latest revision counts. */
export function withPoints(
  known: readonly PrecisionPoint[],
  told: readonly PrecisionPoint[],
): readonly PrecisionPoint[] {
  if (told.length === 0) return known;
  const byTiles = new Map<number, PrecisionPoint>();
  for (const point of [...known, ...told]) {
    const before = byTiles.get(point.tiles);
    if (before === undefined || before.revision <= point.revision) byTiles.set(point.tiles, point);
  }
  return [...byTiles.values()].sort((one, other) => one.tiles - other.tiles);
}

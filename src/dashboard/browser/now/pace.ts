import type { RunEntry } from '../../api/run.ts';

/**
 * How long until all expected tiles are measured, in s, at the mean pace at which they came so far: by the times of the
 * tiles alone, so that the reader's clock does not matter. Null where it cannot be told.
 */
export function timeLeftS({ state, startedAt, lastTileAt, tiles }: RunEntry): number | null {
  const { segmented, waiting, failed, leftOut, expected } = tiles;
  const arrived = segmented + waiting + failed + leftOut;
  if (state !== 'filling' || expected === null || arrived < 2) return null;
  const paceS = (Date.parse(lastTileAt) - Date.parse(startedAt)) / 1000 / (arrived - 1);
  const left = Math.max(0, expected - segmented - failed - leftOut);
  return paceS > 0 ? left * paceS : null;
}

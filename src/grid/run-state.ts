import type { Coverage, RunState } from './coverage.ts';
import type { GridSize } from './coverage-of.ts';

export interface RunProgress {
  readonly coverage: Coverage;
  /** The configured grid, null where none is configured. */
  readonly expected: GridSize | null;
  readonly lastTileAtMs: number;
  readonly nowMs: number;
  /** Silence after which no more tiles are waited for. */
  readonly stallAfterMs: number;
}

/**
 * Complete when every expected tile is there. Where no grid is configured, any filled rectangle might grow
 * by another row, so only silence completes it. Stalled when silence comes while tiles are missing.
 */
export function runState({ coverage, expected, lastTileAtMs, nowMs, stallAfterMs }: RunProgress): RunState {
  const everyTileThere = coverage.missing.length === 0 && coverage.tilesUnseen === 0;
  const silent = nowMs - lastTileAtMs >= stallAfterMs;
  if (everyTileThere && (expected !== null || silent)) return 'complete';
  return silent ? 'stalled' : 'filling';
}

/**
 * What a tile means to a run:
 * - `fills`: its site is empty, whatever the run's state; a late tile completes what was stalled.
 * - `repeats`: its site holds the same content; nothing changes.
 * - `replaces`: its site holds other content and the run is filling, or wants that site again: the file was written
 *   again, or the tile taken again, and the newer one counts.
 * - `starts-new-run`: its site holds other content and the run has ended: the acquisition was restarted.
 */
export type Arrival = 'fills' | 'repeats' | 'replaces' | 'starts-new-run';

/** @param contentAtSite content hash of the tile that holds the site, null where it is empty. */
export function arrivalOf(state: RunState, contentAtSite: string | null, content: string): Arrival {
  if (contentAtSite === null) return 'fills';
  if (contentAtSite === content) return 'repeats';
  return state === 'filling' ? 'replaces' : 'starts-new-run';
}

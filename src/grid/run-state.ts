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
  /** A controller has ended the run as it is. */
  readonly finalised: boolean;
}

/**
 * Complete when every expected tile is there. Where no grid is configured, any filled rectangle might grow
 * by another row, so only silence completes it. Finalised when a controller ended it before that: what it left out was
 * not wanted. Stalled when silence comes while tiles are missing.
 */
export function runState(progress: RunProgress): RunState {
  const { coverage, expected, lastTileAtMs, nowMs, stallAfterMs, finalised } = progress;
  const everyTileThere = coverage.missing.length === 0 && coverage.tilesUnseen === 0;
  const silent = nowMs - lastTileAtMs >= stallAfterMs;
  if (everyTileThere && expected !== null) return 'complete';
  if (finalised) return 'finalised';
  if (!silent) return 'filling';
  return everyTileThere ? 'complete' : 'stalled';
}

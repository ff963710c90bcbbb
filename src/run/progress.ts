import type { Coverage, RunState } from '../grid/coverage.ts';
import type { GridSize } from '../grid/coverage-of.ts';
import { progressMessage, type Sender, type TileCounts } from '../publish/compose.ts';
import { counted, countText } from '../statistics/numeric/figure-digits.ts';
import type { OutboxMessage } from '../store/outbox.ts';
import type { StoredRun } from '../store/runs.ts';

/** How far a run has come. */
export interface RunAdvance {
  readonly state: RunState;
  readonly coverage: Coverage;
  readonly tiles: TileCounts;
  readonly expected: GridSize | null;
  readonly stallAfterS: number;
}

/** Fewer results tell no pace. */
const RESULTS_MIN = 2;

/** The message of how far a run has come; the last one says how it ended. */
export function runProgress(sender: Sender, run: StoredRun, advance: RunAdvance): OutboxMessage {
  const { state, coverage, tiles } = advance;
  return progressMessage(sender, run, {
    ...{ state, coverage, tiles },
    reason: endReason(run, advance),
    timeToEndS: state === 'filling' ? timeToEndS(run, advance, sender.at.getTime()) : null,
  });
}

/** Why the run has ended, in words; null while it fills. */
export function endReason(
  { finalised }: Pick<StoredRun, 'finalised'>,
  { state, coverage, expected, stallAfterS }: Omit<RunAdvance, 'tiles'>,
): string | null {
  const { tilesPresent, tilesExpected } = coverage;
  const silence = `no further tile came (grid.stallAfterS, ${stallAfterS} s)`;
  if (state === 'filling') return null;
  if (state === 'finalised') return finalisedText(finalised ?? { by: null, reason: null });
  if (state === 'stalled') {
    const lacking = tilesExpected - tilesPresent;
    const of = counted(tilesExpected, 'tile');
    return `${silence}; ${countText(lacking)} of ${of} ${lacking === 1 ? 'is' : 'are'} missing`;
  }
  const all =
    tilesExpected === 1 ? 'the one tile is there' : `all ${countText(tilesExpected)} tiles are there`;
  return expected ? all : `${silence}, and none is missing`;
}

/** `finalised by furnace controller: D50 known to 3 %` */
function finalisedText({ by, reason }: NonNullable<StoredRun['finalised']>): string {
  return `finalised ${by ? `by ${by}` : 'on request'}${reason ? `: ${reason}` : ''}`;
}

/** At the mean pace since the first tile was found; null where it cannot be told. */
function timeToEndS(
  { createdAtMs, finalisedAtMs }: StoredRun,
  { coverage, tiles, expected }: RunAdvance,
  nowMs: number,
): number | null {
  const done = tiles.segmented + tiles.failed;
  const left = finalisedAtMs === null ? coverage.tilesExpected - done : tiles.waiting;
  if (done < RESULTS_MIN || (expected === null && finalisedAtMs === null)) return null;
  // The wall clock may have been set back since.
  return Math.round((Math.max(0, left) * Math.max(0, nowMs - createdAtMs)) / done / 1000);
}

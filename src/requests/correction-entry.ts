import type { Change } from '../measure/correction.ts';
import type { StoredCorrection } from '../store/corrections.ts';

/** A correction as people and programs are told of it. */
export interface CorrectionEntry {
  readonly id: number;
  readonly contentHash: string;
  readonly reviewer: string;
  readonly at: string;
  readonly change: Change;
  readonly undone: boolean;
  readonly undoneBy: string | null;
  readonly stale: boolean;
  readonly appliedInRevision: number | null;
}

/** @param contentHash of the tile that it was said of */
export function correctionEntry(stored: StoredCorrection, contentHash: string): CorrectionEntry {
  const { id, reviewer, atMs, change, isUndone, undone, isStale, appliedInRevision } = stored;
  return {
    ...{ id, contentHash, reviewer, change, appliedInRevision },
    at: new Date(atMs).toISOString(),
    undone: isUndone,
    undoneBy: undone?.by ?? null,
    stale: isStale,
  };
}

/** A place in the lattice; row 0 is the highest stage y, column 0 the lowest stage x. */
export interface LatticeSite {
  readonly row: number;
  readonly column: number;
}

/** How much of a run's grid is there. */
export interface Coverage {
  readonly rows: number;
  readonly columns: number;
  readonly tilesPresent: number;
  /** The configured expectation or the fitted lattice's rows x columns, whichever is larger. */
  readonly tilesExpected: number;
  /** Sites inside the fitted lattice that no tile fills. */
  readonly missing: readonly LatticeSite[];
  /** Expected tiles beyond the fitted lattice: not yet seen, so without a row and column. */
  readonly tilesUnseen: number;
}

/**
 * filling: tiles still arrive; complete: every expected tile is there; finalised: a controller ended it as it was;
 * stalled: silence before all were there.
 */
export type RunState = 'filling' | 'complete' | 'stalled' | 'finalised';

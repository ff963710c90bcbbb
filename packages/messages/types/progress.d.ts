/* Written by `npm run docs` from src/publish/schema. */

export interface ProgressMessage {
  /**
   * what this message is; its number changes when a field loses or changes its meaning
   */
  schema: "particled/progress/2";
  /**
   * ascends by 1 from message to message of this daemon, across topics and restarts; the same number twice is the same message, sent again
   */
  sequence: number;
  /**
   * which database of the daemon this is of: sequence numbers and revisions are compared within one; another one was made anew or restored from a backup. Missing in messages of versions before
   */
  store?: string;
  /**
   * when the message was made, ISO 8601 in UTC
   */
  at: string;
  /**
   * name of the instrument, as configured
   */
  instrument: string;
  /**
   * the sample being imaged
   */
  sample: {
    /**
     * the sample in topics, made from the label
     */
    id: string;
    /**
     * label as typed at the microscope; may be empty
     */
    label: string;
  };
  /**
   * the run of this sample in topics: one acquisition of a grid
   */
  run: string;
  /**
   * filling: tiles still arrive; complete: all expected are there; finalised: ended on request before that, so that what was left out was not wanted; stalled: silence before that
   */
  state: "filling" | "complete" | "stalled" | "finalised";
  /**
   * why the run has ended, in words: by whom and why where it was finalised; null while it fills
   */
  reason: string | null;
  coverage: Coverage;
  /**
   * tiles segmented
   */
  tilesSegmented: number;
  /**
   * tiles given up
   */
  tilesFailed: number;
  /**
   * tiles waiting to be segmented
   */
  tilesWaiting: number;
  /**
   * when the run's first tile was found, ISO 8601 in UTC
   */
  firstTileAt: string;
  /**
   * when the run's last tile was found, ISO 8601 in UTC
   */
  lastTileAt: string;
  /**
   * estimated time until all expected tiles are measured, at the mean pace since the first was found; null where it cannot be told, and once the run has ended
   */
  timeToEndS: number | null;
}
/**
 * how much of the grid is there
 */
export interface Coverage {
  /**
   * rows of the lattice fitted to the tiles
   */
  rows: number;
  /**
   * columns of the fitted lattice
   */
  columns: number;
  /**
   * tiles that have arrived
   */
  tilesPresent: number;
  /**
   * tiles of a complete grid: the configured number, or rows x columns where that is more
   */
  tilesExpected: number;
  /**
   * places within the lattice that no tile fills
   */
  missing: {
    /**
     * row; 0 is the highest stage y
     */
    row: number;
    /**
     * column; 0 is the lowest stage x
     */
    column: number;
  }[];
  /**
   * expected tiles beyond the lattice, whose places are not known yet
   */
  tilesUnseen: number;
}

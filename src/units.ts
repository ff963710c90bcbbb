/** A place on the sample stage, in micrometres; x to the right, y up, as the instrument reports it. */
export interface StagePositionUm {
  readonly x: number;
  readonly y: number;
}

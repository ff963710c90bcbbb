/* Written by `npm run docs` from src/publish/schema. */

export interface ExpectRequest {
  /**
   * the sample: its label as typed at the microscope, or its id in topics
   */
  sample: string;
  /**
   * rows of the grid, with columns
   */
  rows?: number;
  /**
   * columns of the grid, with rows
   */
  columns?: number;
  /**
   * tiles of the run, instead of rows and columns
   */
  tiles?: number;
  /**
   * what the sample should be
   */
  target?: {
    /**
     * range in which the true D50 (by number, of the diameter that statistics.diameter names) should lie
     */
    d50Um: {
      /**
       * smallest accepted D50
       */
      min: number;
      /**
       * greatest accepted D50
       */
      max: number;
    };
    /**
     * probability that a verdict needs, over 0.5 and under 1
     */
    probability: number;
  };
  /**
   * how narrow the intervals should be for `sufficient`
   */
  precision?: {
    /**
     * half the width of the 95 % interval over the figure, at most
     */
    relativeHalfWidth: number;
  };
  /**
   * who is in charge of the sample, to be read in summary, report and mail; empty: nobody in particular
   */
  operator?: string;
  /**
   * what there is to know of it, likewise; empty: nothing more
   */
  note?: string;
  /**
   * true: first forget what was expected of this sample before
   */
  clear?: boolean;
  /**
   * when the request was made, ISO 8601 with time zone: it is refused where it comes more than 10 minutes later, and means the run that was the latest then
   */
  at?: string;
  /**
   * where the answer goes, for clients of MQTT 3.1.1; the property of MQTT 5 wins
   */
  responseTopic?: string;
  /**
   * comes back in the answer, for clients of MQTT 3.1.1; the property of MQTT 5 wins
   */
  correlationData?: string;
}

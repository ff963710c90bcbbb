/* Written by `npm run docs` from src/publish/schema. */

export type DescribeAnswer =
  | {
      /**
       * that this is an answer; its number changes when a field loses or changes its meaning
       */
      schema: "particled/answer/1";
      /**
       * when the answer was made, ISO 8601 in UTC
       */
      at: string;
      /**
       * name of the instrument, as configured
       */
      instrument: string;
      /**
       * the command, as asked
       */
      verb: string;
      /**
       * as in the JSON of the request; what came as property of MQTT 5 goes back as such
       */
      correlationData?: string;
      /**
       * the command is carried out, or under way where the result says so
       */
      accepted: true;
      result: {
        /**
         * version of particled
         */
        softwareVersion: string;
        /**
         * where this daemon publishes and listens
         */
        topics: {
          /**
           * of the daemon
           */
          status: string;
          /**
           * of files that cannot be used
           */
          setAside: string;
          /**
           * filter: of tiles, of all samples and runs
           */
          tile: string;
          /**
           * filter: of progress, of all samples and runs
           */
          progress: string;
          /**
           * filter: of summaries, of all samples and runs
           */
          summary: string;
          /**
           * filter: of requests
           */
          command: string;
        };
        /**
         * what can be asked
         */
        verbs: {
          /**
           * last level of the topic
           */
          verb: string;
          /**
           * in words
           */
          does: string;
          /**
           * JSON Schema of the request
           */
          request: {
            [k: string]: unknown;
          };
          /**
           * JSON Schema of `result` in its answer
           */
          result: {
            [k: string]: unknown;
          };
        }[];
        /**
         * the networks
         */
        models: {
          /**
           * name of the model folder
           */
          name: string;
          /**
           * SHA-256 of the model file, hexadecimal
           */
          sha256: string;
          /**
           * thresholds by the names of the model manifest; shares from 0 to 1, areas in px
           */
          thresholds: {
            [k: string]: number;
          };
          /**
           * exact: its 8-bit products were computed in floating point, since they could saturate or the processor did not give the known answer otherwise; missing in results of versions before: as-shipped
           */
          arithmetic?: "as-shipped" | "exact";
          /**
           * what it is for
           */
          description: string;
          /**
           * range that it serves
           */
          magnification: {
            /**
             * from this magnification
             */
            from: number;
            /**
             * to below this one; null: no upper bound
             */
            below: number | null;
          };
        }[];
        configured: Expectation;
        /**
         * runs that are filling, and the ten latest, newest first
         */
        runs: {
          /**
           * the sample
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
          tiles: TilesOfARun;
        }[];
      };
    }
  | Refusal;

/**
 * what counts for a sample of which no command said anything
 */
export interface Expectation {
  /**
   * rows of the grid
   */
  rows: number | null;
  /**
   * columns of the grid
   */
  columns: number | null;
  /**
   * tiles, where rows and columns are not given
   */
  tiles: number | null;
  /**
   * what the sample should be
   */
  target: {
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
  } | null;
  /**
   * how narrow the intervals should be
   */
  precision: {
    /**
     * half the width of the 95 % interval over the figure, at most
     */
    relativeHalfWidth: number;
  } | null;
  /**
   * who is in charge of the sample
   */
  operator: string | null;
  /**
   * what there is to know of it
   */
  note: string | null;
}
/**
 * how far it has come
 */
export interface TilesOfARun {
  /**
   * tiles segmented
   */
  segmented: number;
  /**
   * tiles given up
   */
  failed: number;
  /**
   * tiles that wait to be segmented, for the first time or again
   */
  waiting: number;
}
export interface Refusal {
  /**
   * that this is an answer; its number changes when a field loses or changes its meaning
   */
  schema: "particled/answer/1";
  /**
   * when the answer was made, ISO 8601 in UTC
   */
  at: string;
  /**
   * name of the instrument, as configured
   */
  instrument: string;
  /**
   * the command, as asked
   */
  verb: string;
  /**
   * as in the JSON of the request; what came as property of MQTT 5 goes back as such
   */
  correlationData?: string;
  /**
   * nothing was done
   */
  accepted: false;
  /**
   * why: what, the value, the limit, what to do
   */
  reason: string;
}

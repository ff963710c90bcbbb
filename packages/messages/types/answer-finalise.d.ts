/* Written by `npm run docs` from src/publish/schema. */

export type FinaliseAnswer =
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
        /**
         * the run had ended already, so that nothing changes
         */
        endedBefore: boolean;
      };
    }
  | Refusal;

/**
 * the final summary comes once none of them waits
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

/* Written by `npm run docs` from src/publish/schema. */

export type ReviewAnswer =
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
         * corrections that count; those that were undone, or said of an earlier result, do not
         */
        corrections: number;
        /**
         * tiles that they were made on
         */
        tiles: number;
        /**
         * who made them
         */
        reviewedBy: string[];
        /**
         * they counted already, so that no revision follows
         */
        unchanged: boolean;
      };
    }
  | Refusal;

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

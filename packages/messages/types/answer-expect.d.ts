/* Written by `npm run docs` from src/publish/schema. */

export type ExpectAnswer =
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
        expected: Expectation;
        inForce: Expectation1;
      };
    }
  | Refusal;

/**
 * what commands say of this sample; null: nothing
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
 * the same with the configuration where commands say nothing
 */
export interface Expectation1 {
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

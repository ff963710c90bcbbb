/* Written by `npm run docs` from src/publish/schema. */

export type ReportAnswer =
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
         * folder of the report on the daemon's machine
         */
        written: string;
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

/* Written by `npm run docs` from src/publish/schema. */

export type ReanalyseAnswer =
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
        model: Model;
        /**
         * tiles that are segmented again, those given up among them; a new revision follows the last of them
         */
        tiles: number;
        /**
         * tiles that were segmented so already
         */
        unchanged: number;
        /**
         * which particles count in the new revision; null: all
         */
        filter: string | null;
      };
    }
  | Refusal;

/**
 * what all tiles of the run are segmented with from now on
 */
export interface Model {
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

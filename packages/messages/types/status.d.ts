/* Written by `npm run docs` from src/publish/schema. */

export interface StatusMessage {
  /**
   * what this message is; its number changes when a field loses or changes its meaning
   */
  schema: "particled/status/1";
  /**
   * null: a status is not repeated, so it has no place in the sequence
   */
  sequence: null;
  /**
   * which database of the daemon this is of: sequence numbers and revisions are compared within one; another one was made anew or restored from a backup. Missing in messages of versions before
   */
  store?: string;
  /**
   * when the status was made, ISO 8601 in UTC; in the last will, when the daemon connected
   */
  at: string;
  /**
   * name of the instrument, as configured
   */
  instrument: string;
  /**
   * offline as farewell of the daemon, and as last will, sent by the broker
   */
  state: "online" | "offline";
  /**
   * state of health by the words of NAMUR NE 107, the gravest of the diagnoses: failure, check-function, out-of-specification, maintenance-required, normal
   */
  health: "normal" | "check-function" | "maintenance-required" | "out-of-specification" | "failure";
  /**
   * why the health is not normal, the gravest first; empty when it is
   */
  reasons: string[];
  /**
   * the same reasons, one by one
   */
  diagnoses: {
    /**
     * which, as a stable word; the table above has all of them
     */
    code: string;
    /**
     * the state of health that it gives
     */
    state: "check-function" | "maintenance-required" | "out-of-specification" | "failure";
    /**
     * since when it holds, ISO 8601 in UTC; since a start at the earliest
     */
    since: string;
    /**
     * what is the matter, with figures
     */
    what: string;
    /**
     * what it is held against; null where there is nothing to compare
     */
    limit: string | null;
    /**
     * what to do
     */
    advice: string;
  }[];
  /**
   * version of particled
   */
  softwareVersion: string;
  /**
   * work ahead
   */
  queue: {
    /**
     * tiles waiting to be segmented; null when offline
     */
    waiting: number | null;
  };
}

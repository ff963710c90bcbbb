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
   * when the status was made, ISO 8601 in UTC; in the last will, when the daemon connected
   */
  at: string;
  /**
   * name of the instrument, as configured
   */
  instrument: string;
  /**
   * offline is also the last will, sent by the broker
   */
  state: "online" | "offline";
  /**
   * state of health by the words of NAMUR NE 107: failure where tiles cannot be measured, out-of-specification where they are by another arithmetic than that of the model, in which this computer does not give the known answer, maintenance-required where they are and somebody should look; check-function is not used
   */
  health: "normal" | "check-function" | "maintenance-required" | "out-of-specification" | "failure";
  /**
   * why the health is not normal; empty when it is
   */
  reasons: string[];
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

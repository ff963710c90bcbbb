/* Written by `npm run docs` from src/publish/schema. */

export interface SetAsideMessage {
  /**
   * what this message is; its number changes when a field loses or changes its meaning
   */
  schema: "particled/set-aside/1";
  /**
   * ascends by 1 from message to message of this daemon, across topics and restarts; the same number twice is the same message, sent again
   */
  sequence: number;
  /**
   * which database of the daemon this is of: sequence numbers and revisions are compared within one; another one was made anew or restored from a backup. Missing in messages of versions before
   */
  store?: string;
  /**
   * when the message was made, ISO 8601 in UTC
   */
  at: string;
  /**
   * name of the instrument, as configured
   */
  instrument: string;
  /**
   * name of the file, without its folder
   */
  file: string;
  /**
   * why, as a stable word
   */
  code:
    | "empty"
    | "not-an-image"
    | "truncated"
    | "too-large"
    | "not-grey"
    | "multi-page"
    | "unsupported-pixels"
    | "flat"
    | "low-contrast"
    | "no-metadata"
    | "bad-metadata"
    | "bad-sidecar"
    | "no-model"
    | "other-detector"
    | "map"
    | "inverted"
    | "other-magnification"
    | "segmenter-failed"
    | "unreadable";
  /**
   * why, and what to do, in words
   */
  reason: string;
  /**
   * the file may become usable by itself, as one still being written
   */
  mayRecover: boolean;
}

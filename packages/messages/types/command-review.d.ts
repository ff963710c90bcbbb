/* Written by `npm run docs` from src/publish/schema. */

export interface ReviewRequest {
  /**
   * the sample: its label as typed at the microscope, or its id in topics
   */
  sample: string;
  /**
   * the run of this sample, as in topics; the sample's latest where it is left out
   */
  run?: string;
  /**
   * who has the corrections counted
   */
  reviewer: string;
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

/* Written by `npm run docs` from src/publish/schema. */

export interface ReanalyseRequest {
  /**
   * the sample: its label as typed at the microscope, or its id in topics
   */
  sample: string;
  /**
   * the run of this sample, as in topics; the sample's latest where it is left out
   */
  run?: string;
  /**
   * name of the model; by the magnification where it is left out
   */
  model?: string;
  /**
   * thresholds by the manifest's names; the model's own where they are left out
   */
  thresholds?: {
    /**
     * theta_omega: least objectness of a certain particle
     */
    objectnessCertain?: number;
    /**
     * theta_psi: least objectness of an uncertain particle
     */
    objectnessUncertain?: number;
    /**
     * the same of one whose diameter is at least 40 pixels of the network input; objectnessUncertain where it is missing
     */
    objectnessUncertainLarge?: number;
    /**
     * theta: mask IoU above which the less objective of two masks is a duplicate
     */
    overlap?: number;
    /**
     * theta_eta: mask IoU above which an uncertain mask yields to a certain one
     */
    crossOverlap?: number;
    /**
     * theta_Sigma: activation from which a pixel belongs to the particle
     */
    maskActivation?: number;
    /**
     * smallest counted area in pixels of the network input; smaller ones are dust
     */
    smallestAreaPx?: number;
    /**
     * share of a mask inside a larger one from which it counts as part of it, if it is less objective by the factor below; missing: never
     */
    containment?: number;
    /**
     * a certain mask inside a larger one stays from this share of its objectness on
     */
    containedObjectness?: number;
    /**
     * the same of an uncertain mask
     */
    containedObjectnessUncertain?: number;
  };
  /**
   * which particles of the run count from now on, as `circularity >= 0.8 and areaUm2 > 1`, null: all; alone it segments nothing again; left out: as it was, or as configured where model and thresholds are left out too
   */
  filter?: string | null;
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

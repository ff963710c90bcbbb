/* Written by `npm run docs` from src/publish/schema. */

export interface TileMessage {
  /**
   * what this message is; its number changes when a field loses or changes its meaning
   */
  schema: "particled/tile/1";
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
   * the sample that was imaged
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
   * the image
   */
  tile: {
    /**
     * SHA-256 of the file, hexadecimal: the identity of the tile
     */
    contentHash: string;
    /**
     * name of the file, without its folder
     */
    file: string;
    /**
     * row in the grid, 0 is the highest stage y; null while unknown
     */
    row: number | null;
    /**
     * column in the grid, 0 is the lowest stage x; null while unknown
     */
    column: number | null;
    /**
     * the tile's centre on the sample stage; null where nobody says
     */
    stagePositionUm: {
      /**
       * to the right
       */
      x: number;
      /**
       * up
       */
      y: number;
    } | null;
    /**
     * local time without zone, as the microscope wrote it; empty when it did not
     */
    acquiredAt: string;
  };
  /**
   * what the result rests on
   */
  provenance: {
    /**
     * version of particled
     */
    softwareVersion: string;
    /**
     * the model that segmented the tile; null when none did
     */
    model: Model | null;
    /**
     * side of a pixel; all sizes rest on it
     */
    pixelSizeNm: number;
    /**
     * file: the images say how large a pixel is; stated: a sidecar or instrument.pixelSizeNm does; missing in messages of versions before: file
     */
    pixelSizeSource?: "file" | "stated";
    /**
     * displayed magnification; it chose the model
     */
    magnification: number;
  };
  /**
   * what is to be known of its file; lossy-compression: its compression (JPEG) changed grey values and so moved edges; pixel-size-stated: the image does not say how large a pixel is, somebody stated it; pixel-size-ignored: instrument.pixelSizeNm says otherwise than the image, whose own size counts; no-stage-position: it has no place on the grid, so nothing is missing, and no particle is put together over its borders; stage-axes-assumed: its stage is taken to count x to the right and y up, and no particle is put together over its borders; not in messages of versions before
   */
  notes?: (
    "lossy-compression" | "pixel-size-stated" | "pixel-size-ignored" | "no-stage-position" | "stage-axes-assumed"
  )[];
  /**
   * failed: given up, so its particles are missing, which is not the same as none
   */
  outcome: "segmented" | "failed";
  /**
   * why it failed; null when segmented
   */
  reason: string | null;
  /**
   * null when failed
   */
  counts: {
    /**
     * particles found
     */
    all: number;
    /**
     * certain ones among them
     */
    certain: number;
    /**
     * uncertain ones among them
     */
    uncertain: number;
    /**
     * those among them that reach the border of the tile
     */
    border: number;
  } | null;
  /**
   * figures of image quality by name, units in the names; null when failed
   */
  quality: {
    [k: string]: number | null;
  } | null;
  /**
   * how many times the network was asked: once of the whole tile, more where it was shown it enlarged, in parts, or from farther off; null when failed
   */
  looks: number | null;
  /**
   * limits of the network at which particles were, or may have been, left out; empty: none; null when failed
   */
  limitReached: ("proposals-of-a-size" | "proposals" | "detections")[] | null;
  /**
   * all particles; null when failed, or left out for the size of the message
   */
  particles: Particle[] | null;
  /**
   * why the particles are left out, where the broker takes no message as large; `counts` still has them
   */
  particlesLeftOut?: string;
}
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
export interface Particle {
  /**
   * projected area
   */
  areaUm2: number;
  /**
   * diameter of the circle of equal area (ISO 9276-6: x_A)
   */
  diameterEquivalentUm: number;
  /**
   * least distance of two parallel tangents
   */
  diameterFeretMinUm: number;
  /**
   * greatest distance of two parallel tangents
   */
  diameterFeretMaxUm: number;
  /**
   * perimeter after Crofton, over four directions
   */
  perimeterUm: number;
  /**
   * minimum over maximum Feret diameter
   */
  aspectRatio: number;
  /**
   * 4 pi area / perimeter^2, capped at 1
   */
  circularity: number;
  /**
   * area over the area of the convex hull
   */
  solidity: number;
  /**
   * centroid on the sample stage; null in a tile without a place there
   */
  centroidStageUm: {
    /**
     * to the right
     */
    x: number;
    /**
     * up
     */
    y: number;
  } | null;
  /**
   * centroid in the tile
   */
  centroidPx: {
    /**
     * column, from the left
     */
    x: number;
    /**
     * row, from the top
     */
    y: number;
  };
  /**
   * box in the tile: first column, first row, width, height
   *
   * @minItems 4
   * @maxItems 4
   */
  boxPx: [number, number, number, number];
  /**
   * reaches the border of the tile, so part of it may be missing
   */
  touchesBorder: boolean;
  /**
   * where the border of the tile cuts it; empty when it does not touch the border
   */
  cutsPx: {
    /**
     * side of the tile
     */
    side: "left" | "right" | "top" | "bottom";
    /**
     * first pixel of the chord: a row along left and right, else a column
     */
    fromPx: number;
    /**
     * last pixel of the chord
     */
    toPx: number;
  }[];
  /**
   * how sure the network is that this is a particle
   */
  objectness: number;
  /**
   * chance that a real particle is outlined so (IoU over 0.5); of a model without calibration, what its uncertainty head says
   */
  confidence: number;
  /**
   * the verdict on the confidence: certain or uncertain
   */
  certain: boolean;
}

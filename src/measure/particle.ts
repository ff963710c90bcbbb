import type { StagePositionUm } from '../units.ts';
import type { BorderCut } from './border-cuts.ts';

/** One measured particle; names follow ISO 9276-6, formulas and sources stand in docs/measurement.md. */
export interface Particle {
  /** Projected area. */
  readonly areaUm2: number;
  /** Diameter of the circle of equal area (x_A). */
  readonly diameterEquivalentUm: number;
  readonly diameterFeretMinUm: number;
  readonly diameterFeretMaxUm: number;
  /** Crofton perimeter over four directions. */
  readonly perimeterUm: number;
  /** Minimum over maximum Feret diameter, 0 to 1. */
  readonly aspectRatio: number;
  /** 4 pi area / perimeter^2, capped at 1. */
  readonly circularity: number;
  /** Area over the area of the convex hull, 0 to 1. */
  readonly solidity: number;
  /** Centroid on the stage. */
  readonly centroidStageUm: StagePositionUm | null;
  /** Centroid in the tile: column and row of its pixel, from the top left. */
  readonly centroidPx: { readonly x: number; readonly y: number };
  /** Box in the tile, in pixels: first column and row, width, height. */
  readonly boxPx: readonly [x: number, y: number, width: number, height: number];
  /** True when it reaches the tile's first or last row or column, so that part of it may be missing. */
  readonly touchesBorder: boolean;
  /** Where the tile's border cuts it; empty exactly when it does not touch the border. */
  readonly cutsPx: readonly BorderCut[];
  /** The network's objectness, 0 to 1. */
  readonly objectness: number;
  /** Chance to be a real particle rightly outlined, 0 to 1; without calibration what the uncertainty head says. */
  readonly confidence: number;
  /** The paper's verdict: the largest confidence bin is at least k/2. */
  readonly certain: boolean;
}

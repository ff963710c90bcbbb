import type { StagePositionUm } from '../../units.ts';

/** What the microscope wrote about one image, or somebody stated of it, in our units. */
export interface TileMetadata {
  /** Side of one square pixel. */
  readonly pixelSizeNm: number;
  /** Whether the image has it itself, or somebody stated it; undefined, of tiles that older versions read: the file. */
  readonly pixelSizeSource?: PixelSizeSource;
  /** What was stated besides and is not used, since the image says otherwise. */
  readonly pixelSizeIgnoredNm?: number;
  /** The tile's centre on the sample stage; null where nobody says. */
  readonly stagePositionUm: StagePositionUm | null;
  /** Whether the stage's axes are only taken to point right and up, so that no seams are looked for; undefined: they are known. */
  readonly stageAxes?: 'assumed';
  /** Whether the file's compression changed grey values, and so moved edges; undefined: it did not. */
  readonly isLossy?: true;
  /** Displayed magnification: display width / physical field width. Chooses the model, never a size. */
  readonly magnification: number;
  /** Whether the display width came from the file or, where that says 0, from the configuration. */
  readonly magnificationSource: 'file' | 'configured-display-width';
  /** The label the user typed, trimmed; may be empty. */
  readonly sampleLabel: string;
  /** `instrument/uniqueID`; empty when absent. */
  readonly instrumentId: string;
  readonly instrumentType: string;
  readonly softwareVersion: string;
  /** Local ISO 8601 time without zone, as written; empty when absent. */
  readonly acquiredAt: string;
  /** Rows of burnt-in bar at the bottom, to be cropped. */
  readonly databarHeightPx: number;
  readonly scanRotationRad: number;
  readonly detector: string;
  /** As written: negative, as the potential of the gun. */
  readonly highVoltageKv: number | null;
  readonly workingDistanceMm: number | null;
  readonly dwellTimeNs: number | null;
  /** Frames averaged. */
  readonly integrations: number | null;
  /** The instrument's own number, without unit; undefined in tiles of versions that did not read it. */
  readonly spotSize?: number | null;
}

export type PixelSizeSource = 'file' | 'stated';

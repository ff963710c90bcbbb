import { UnusableFileError } from '../../../errors.ts';
import type { StagePositionUm } from '../../../units.ts';

/** What a reader finds of an image that is no Phenom's; what it leaves out is not known. */
export interface MakerMetadata {
  readonly pixelSizeNm: number;
  /** Null where the file names no place. */
  readonly stagePositionUm?: StagePositionUm | null;
  readonly databarHeightPx?: number;
  readonly instrumentId?: string;
  readonly instrumentType?: string;
  readonly softwareVersion?: string;
  readonly acquiredAt?: string;
  readonly detector?: string;
  readonly scanRotationRad?: number;
  readonly highVoltageKv?: number | null;
  readonly workingDistanceMm?: number | null;
  readonly dwellTimeNs?: number | null;
  readonly integrations?: number | null;
}

export interface SizePx {
  readonly widthPx: number;
  readonly heightPx: number;
}

/** A data bar takes up to 15 % of a picture's height. */
const BAR_SHARE_MAX = 0.2;
/** From below an atom to beyond the whole stage: outside it the unit is wrong, not the magnification. */
const PIXEL_SIZE_MIN_NM = 1e-3;
const PIXEL_SIZE_MAX_NM = 1e6;
/** As of a Phenom's files. */
const PIXEL_ASPECT_TOLERANCE = 5e-3;

/**
 * Rows of data bar below the sample, told from the size that the microscope scanned.
 *
 * @param scanned width and height of the scan, without the bar
 * @param holder what says so, as `[Image] in the FEI text`
 * @throws UnusableFileError `bad-metadata` for an image that was resized or cut: its pixel size no longer holds
 */
export function rowsBelowScan(path: string, image: SizePx, scanned: SizePx, holder: string): number {
  const rows = image.heightPx - scanned.heightPx;
  if (image.widthPx === scanned.widthPx && rows >= 0 && rows <= BAR_SHARE_MAX * image.heightPx) return rows;
  throw new UnusableFileError(
    path,
    'bad-metadata',
    `is ${image.widthPx} x ${image.heightPx} px, but ${holder} says that the microscope scanned ` +
      `${scanned.widthPx} x ${scanned.heightPx} px; it was resized or cut by another program (a data bar may take ` +
      `${100 * BAR_SHARE_MAX} % of the height), so its pixel size no longer holds: use the file that the ` +
      'microscope wrote',
  );
}

/**
 * The side of a square pixel, the geometric mean of width and height.
 * @throws UnusableFileError `bad-metadata` where it is none or out of range
 */
export function squarePixelNm(path: string, widthNm: number, heightNm: number, holder: string): number {
  for (const sizeNm of [widthNm, heightNm]) {
    if (sizeNm >= PIXEL_SIZE_MIN_NM && sizeNm <= PIXEL_SIZE_MAX_NM) continue;
    throw new UnusableFileError(
      path,
      'bad-metadata',
      `has a pixel of ${sizeNm} nm by ${holder}, expected ${PIXEL_SIZE_MIN_NM} to ${PIXEL_SIZE_MAX_NM} nm; ` +
        'export it from the microscope again',
    );
  }
  if (Math.abs(heightNm - widthNm) > PIXEL_ASPECT_TOLERANCE * widthNm) {
    throw new UnusableFileError(
      path,
      'bad-metadata',
      `has a pixel of ${widthNm} x ${heightNm} nm by ${holder}, expected a square one within ` +
        `${PIXEL_ASPECT_TOLERANCE * 100} %; export it from the microscope again`,
    );
  }
  return widthNm === heightNm ? widthNm : Math.sqrt(widthNm * heightNm);
}

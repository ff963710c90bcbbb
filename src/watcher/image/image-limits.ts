import { UnusableFileError } from '../../errors.ts';
import { notWritten } from './file-bytes.ts';

/** Beyond any Phenom export (7680 x 4800 px, 37 Mpx, is the largest known); a segmenter takes 0.6 GB for it in 16 bits. */
export const PIXELS_MAX = 100_000_000;
const SIDE_MAX_PX = 65_535;

/** FeiImage documents are about 4 KiB. */
export const METADATA_MAX_BYTES = 1024 * 1024;

/**
 * Judges the size that a header declares, before anything is allocated for it.
 *
 * @throws UnusableFileError `too-large` over 65,535 px a side or 100 Mpx; `truncated` where a side is 0,
 * as in a header that is not written yet
 */
export function requireSaneSize(path: string, widthPx: number, heightPx: number): void {
  if (widthPx === 0 || heightPx === 0) {
    throw notWritten(path, `declares an image of ${widthPx} x ${heightPx} px`);
  }
  if (widthPx > SIDE_MAX_PX || heightPx > SIDE_MAX_PX || widthPx * heightPx > PIXELS_MAX) {
    throw new UnusableFileError(
      path,
      'too-large',
      `declares an image of ${widthPx} x ${heightPx} px; the limits are ${SIDE_MAX_PX} px a side and ` +
        `${PIXELS_MAX / 1e6} Mpx; export single tiles, not a stitched map`,
    );
  }
}

/** @throws UnusableFileError `bad-metadata` for metadata over 1 MiB */
export function requireSaneMetadata(path: string, sizeBytes: number): void {
  if (sizeBytes > METADATA_MAX_BYTES) {
    throw new UnusableFileError(
      path,
      'bad-metadata',
      `holds over ${METADATA_MAX_BYTES} bytes of metadata under 34683 (${sizeBytes} bytes); ` +
        'export it from the microscope again',
    );
  }
}

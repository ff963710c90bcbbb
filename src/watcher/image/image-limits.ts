import { UnusableFileError } from '../../errors.ts';
import { notWritten } from './file-bytes.ts';

/** Beyond any Phenom export (7680 x 4800 px, 37 Mpx, is the largest known); few enough that one file stays below 1 GB. */
export const PIXELS_MAX = 64_000_000;
const SIDE_MAX_PX = 65_535;

/** FeiImage documents are about 4 KiB; the parser holds the event loop for up to 1 us a byte. */
export const METADATA_MAX_BYTES = 128 * 1024;

/**
 * Judges the size that a header declares, before anything is allocated for it.
 *
 * @throws UnusableFileError `too-large` over 65,535 px a side or 64 Mpx; `truncated` where a side is 0,
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
      `declares an image of ${widthPx} x ${heightPx} px (${megapixels(widthPx * heightPx)} Mpx); the limits are ` +
        `${SIDE_MAX_PX} px a side and ${PIXELS_MAX / 1e6} Mpx; export single tiles, not a stitched map`,
    );
  }
}

/** Rounded up, so that a size just over the limit does not read as the limit. */
function megapixels(pixels: number): number {
  return Math.ceil(pixels / 1e5) / 10;
}

/** @throws UnusableFileError `bad-metadata` for metadata over 128 KiB */
export function requireSaneMetadata(path: string, sizeBytes: number): void {
  if (sizeBytes > METADATA_MAX_BYTES) {
    throw new UnusableFileError(
      path,
      'bad-metadata',
      `holds over ${METADATA_MAX_BYTES} bytes of metadata (${sizeBytes} bytes); ` +
        'export it from the microscope again',
    );
  }
}

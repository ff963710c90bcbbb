import { UnusableFileError } from '../../errors.ts';
import { labelOf } from './fei-image.ts';
import type { SizePx } from './makers/maker-metadata.ts';
import { completed } from './own-metadata.ts';
import { badSidecar, type Sidecar } from './stated-size.ts';
import type { TileMetadata } from './tile-metadata.ts';

/** Sizes that differ by less are one size in two roundings. */
const SAME_SIZE = 5e-3;

/** What is stated of a file from outside it. */
export interface Stated {
  /** Of this file alone. */
  readonly sidecar: Sidecar | null;
  readonly sidecarName: string;
  /** Of every file without a size of its own (`instrument.pixelSizeNm`). */
  readonly pixelSizeNm: number | null;
}

/**
 * The metadata of a file with what was stated of it. A file's own size is never overridden: one that a sidecar contradicts is
 * set aside, and what the configuration states besides is remembered as not used.
 *
 * @param own what the file itself says; null where it has no scale
 * @returns null where nobody knows the size
 * @throws UnusableFileError `bad-sidecar`
 */
export function withStated(
  own: TileMetadata | null,
  stated: Stated,
  path: string,
  image: SizePx,
  displayWidthDefaultM: number,
): TileMetadata | null {
  const { sidecar, sidecarName, pixelSizeNm } = stated;
  if (own === null) {
    const statedNm = sidecar?.pixelSizeNm ?? pixelSizeNm;
    if (statedNm === null) return null;
    const known = completed({ pixelSizeNm: statedNm }, path, image, displayWidthDefaultM);
    return filledIn({ ...known, pixelSizeSource: 'stated' }, sidecar);
  }
  if (sidecar !== null && !isSame(own.pixelSizeNm, sidecar.pixelSizeNm)) {
    throw badSidecar(
      path,
      sidecarName,
      `states a pixel of ${sidecar.pixelSizeNm} nm, but the image itself says ${own.pixelSizeNm} nm; ` +
        'delete the sidecar, or correct it',
    );
  }
  const metadata = { ...filledIn(own, sidecar), pixelSizeSource: 'file' as const };
  if (pixelSizeNm === null || isSame(own.pixelSizeNm, pixelSizeNm)) return metadata;
  return { ...metadata, pixelSizeIgnoredNm: pixelSizeNm };
}

function isSame(aNm: number, bNm: number): boolean {
  return Math.abs(aNm - bNm) <= SAME_SIZE * aNm;
}

/** What the sidecar adds where the image is silent. Whoever writes a place says it as this program takes it: x right, y up. */
function filledIn(metadata: TileMetadata, sidecar: Sidecar | null): TileMetadata {
  if (sidecar === null) return metadata;
  const { stagePositionUm, databarHeightPx, sampleLabel } = sidecar;
  return {
    ...metadata,
    stagePositionUm: metadata.stagePositionUm ?? stagePositionUm,
    databarHeightPx: Math.max(metadata.databarHeightPx, databarHeightPx ?? 0),
    sampleLabel: sampleLabel === null ? metadata.sampleLabel : labelOf(sampleLabel),
  };
}

/** @throws UnusableFileError `bad-sidecar` for a bar as high as the image */
export function requirePartlySample(stated: Stated, path: string, { heightPx }: SizePx): void {
  const { sidecar, sidecarName } = stated;
  const rows = sidecar?.databarHeightPx ?? 0;
  if (rows < heightPx) return;
  throw badSidecar(path, sidecarName, `states a data bar of ${rows} px on an image ${heightPx} px high`);
}

/** @returns `no-metadata`, with what fits the file at hand */
export function withoutSize(path: string, format: string, description: string | null): UnusableFileError {
  return new UnusableFileError(
    path,
    'no-metadata',
    `${whatIsMissing(format, description)}, or state it: ${HOW_TO_STATE}`,
  );
}

const HOW_TO_STATE =
  'pixelSizeNm in a file of the name of the image and .json behind it, or instrument.pixelSizeNm for all (docs/formats.md)';

function whatIsMissing(format: string, description: string | null): string {
  if (format === 'jpeg') {
    return (
      'is a JPEG without the FeiImage document that a Phenom leaves in its own, so its pixel size is unknown; export ' +
      'TIFF from the microscope, whose pixels no compression changes'
    );
  }
  if (format === 'bmp') {
    return 'is a BMP, which holds no metadata, so its pixel size is unknown; export TIFF from the microscope';
  }
  if (description?.startsWith('ImageJ=')) {
    return (
      'was saved by ImageJ, which knew no scale of it in nm, µm or mm, so its pixel size is unknown; take the file that ' +
      'the microscope wrote, or set the scale in ImageJ (Analyze, Set Scale) and save it again'
    );
  }
  const places = format === 'png' ? 'PNG text 34683' : 'TIFF tag 34683';
  return (
    `has no FeiImage metadata (${places})${format === 'png' ? '' : ', nor a text of FEI, Zeiss, Hitachi, JEOL, ImageJ or OME'}, ` +
    'so its pixel size is unknown; export it from the microscope again instead of saving it by another program'
  );
}

import { UnusableFileError } from '../../errors.ts';

/** What a file says about its image before any pixel is decoded. */
export interface ImageHeader {
  readonly format: 'tiff' | 'png';
  readonly widthPx: number;
  readonly heightPx: number;
  readonly bitsPerSample: number;
  /** 1 for grey; a palette counts as its 3 colours. */
  readonly samplesPerPixel: number;
  /** Images in the file; counting stops at 64. */
  readonly pages: number;
  /** The FeiImage document as written (TIFF tag 34683, PNG text `34683`); null where there is none. */
  readonly feiXml: string | null;
}

/**
 * Judges whether an image can be a tile: one page of 8- or 16-bit grey.
 *
 * @throws UnusableFileError `multi-page`, `not-grey` or `unsupported-pixels`
 */
export function requireGreyTile(path: string, header: ImageHeader): void {
  if (header.pages > 1) {
    throw new UnusableFileError(
      path,
      'multi-page',
      `holds ${header.pages} images, expected 1; export each tile to a file of its own`,
    );
  }
  if (header.samplesPerPixel !== 1) {
    throw new UnusableFileError(
      path,
      'not-grey',
      `has ${header.samplesPerPixel} samples a pixel, expected 1 (grey); ` +
        'it looks like a navigation camera image: exclude it by a pattern',
    );
  }
  if (header.bitsPerSample !== 8 && header.bitsPerSample !== 16) {
    throw new UnusableFileError(
      path,
      'unsupported-pixels',
      `has ${header.bitsPerSample} bits a pixel, expected 8 or 16; export it as 8- or 16-bit grey`,
    );
  }
}

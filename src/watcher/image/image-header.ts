import { UnusableFileError } from '../../errors.ts';

/** What a file says about its image before any pixel is decoded. */
export interface ImageHeader {
  readonly format: 'tiff' | 'png' | 'jpeg' | 'bmp';
  readonly widthPx: number;
  readonly heightPx: number;
  readonly bitsPerSample: number;
  /** 1 for grey; a palette counts as its 3 colours. */
  readonly samplesPerPixel: number;
  /** What makes values of this width no grey values, in words, as `signed`; null where nothing does. */
  readonly unreadable: string | null;
  /** Whether the compression changes grey values, and so moves edges. */
  readonly isLossy: boolean;
  /** Images in the file beside previews that are declared as such; counting stops at 64. */
  readonly pages: number;
  /** The FeiImage document as written (TIFF tag 34683, PNG text `34683`); null where there is none. */
  readonly feiXml: string | null;
  readonly makers: MakerTexts;
}

/** What microscopes of other makers and image programs leave in a TIFF; null where there is none. */
export interface MakerTexts {
  /** Tag 34682: FEI and Thermo Fisher. */
  readonly feiIni: string | null;
  /** Tag 34118: Zeiss SmartSEM. */
  readonly zeiss: string | null;
  /** ImageDescription: OME-XML, ImageJ. */
  readonly description: string | null;
  /** XResolution and YResolution, in a unit that ImageDescription names. */
  readonly pixelsPerUnit: { readonly x: number; readonly y: number } | null;
}

export const noMakerTexts: MakerTexts = { feiIni: null, zeiss: null, description: null, pixelsPerUnit: null };

/**
 * Judges whether an image can be a tile: one page of 8- or 16-bit grey, or of 8-bit colours that are known to be one of the
 * microscope's images (greyOfColours judges these further).
 *
 * @param isKnown whether anything says that it is one: metadata, or a pixel size stated for it
 * @throws UnusableFileError `multi-page`, `not-grey` or `unsupported-pixels`
 */
export function requireGreyTile(path: string, header: ImageHeader, isKnown = header.feiXml !== null): void {
  if (header.pages > 1) {
    throw new UnusableFileError(
      path,
      'multi-page',
      `holds ${header.pages} images, expected 1; export each tile to a file of its own`,
    );
  }
  if (header.samplesPerPixel !== 1 && !isKnown) {
    throw new UnusableFileError(
      path,
      'not-grey',
      `has ${header.samplesPerPixel} samples a pixel, expected 1 (grey); ` +
        'it looks like a navigation camera image: exclude it by a pattern',
    );
  }
  const bits = header.bitsPerSample;
  const isRead = bits === 8 || (bits === 16 && header.samplesPerPixel === 1);
  if (!isRead || header.unreadable !== null) {
    const kind = [header.unreadable, header.samplesPerPixel === 1 ? null : 'colour']
      .filter(Boolean)
      .join(' ');
    throw new UnusableFileError(
      path,
      'unsupported-pixels',
      `has ${bits} bits a sample${kind && ` (${kind})`}, expected 8 or 16 of unsigned grey; export it so`,
    );
  }
}

import sharp, { type OutputInfo, type Sharp } from 'sharp';
import { messageOf, UnusableFileError } from '../../errors.ts';
import { displayWindowOf } from '../metadata/display-window.ts';
import { readBmpGrey } from './bmp-pixels.ts';
import { bytesInMemory, withFileBytes } from './file-bytes.ts';
import { greyOfColours } from './grey-colours.ts';
import type { GreyImage } from './grey-image.ts';
import { type ImageHeader, requireGreyTile } from './image-header.ts';
import { PIXELS_MAX } from './image-limits.ts';
import { headerOf } from './read-image-header.ts';
import { greyOfSixteenBits } from './sixteen-bit.ts';

// Each tile is decoded once, and its path may hold other pixels the next time: nothing is worth keeping.
sharp.cache(false);

/**
 * Decodes a tile to 8-bit grey, without the data bar.
 *
 * 8-bit values stay as they are, whatever display levels the file states. 16-bit values become 8-bit ones as
 * greyOfSixteenBits says. Grey that was saved as colours or with an opaque alpha is read as grey. No colour profile
 * is applied.
 *
 * @param databarHeightPx rows at the bottom to leave out
 * @throws UnusableFileError with any code of readImageHeader, requireGreyTile, greyOfColours and
 * greyOfSixteenBits; `truncated` (may recover) where the pixels do not decode, `bad-metadata` for a data bar as high as the image, `flat` where all pixels
 * have one value
 */
export async function readPixels(path: string, databarHeightPx: number): Promise<GreyImage> {
  return decodePixels(path, await readWhole(path), databarHeightPx);
}

/** The bytes of a file, read once: what is decoded then is what was judged, whatever takes its place meanwhile. */
export async function readWhole(path: string, within?: string): Promise<Buffer> {
  return withFileBytes(path, (file) => file.read(0, file.sizeBytes, 'the file'), within);
}

/** As `readPixels`, of the bytes that the file held. */
export async function decodePixels(path: string, bytes: Buffer, databarHeightPx: number): Promise<GreyImage> {
  const header = await headerOf(bytesInMemory(path, bytes));
  // Whether colours are the microscope's was judged when the tile was read; here each pixel's are.
  requireGreyTile(path, header, true);
  const { widthPx } = header;
  const heightPx = header.heightPx - databarHeightPx;
  if (databarHeightPx < 0 || heightPx <= 0) {
    throw new UnusableFileError(
      path,
      'bad-metadata',
      `has a data bar of ${databarHeightPx} px on an image ${header.heightPx} px high; export it again`,
    );
  }
  const decoded = await decode(path, bytes, header);
  if (decoded.length !== widthPx * header.heightPx) {
    throw new UnusableFileError(
      path,
      'unsupported-pixels',
      `decodes to ${decoded.length} values, expected ${widthPx} x ${header.heightPx}; ` +
        'export it as 8- or 16-bit grey',
    );
  }
  const pixels = decoded.subarray(0, widthPx * heightPx);
  requireContrast(path, pixels);
  return { widthPx, heightPx, pixels };
}

async function decode(path: string, file: Buffer, header: ImageHeader): Promise<Uint8Array> {
  if (header.format === 'bmp') return readBmpGrey(path, file);
  if (header.samplesPerPixel > 1) {
    const { data, info } = await decodeOrTruncated(path, open(file).toColourspace('srgb').raw());
    return greyOfColours(data, info.channels, path);
  }
  if (header.bitsPerSample === 8) {
    const { data } = await decodeOrTruncated(path, open(file).toColourspace('b-w').raw());
    return new Uint8Array(data.buffer, data.byteOffset, data.length);
  }
  // Any other colour space would send the values through sRGB's gamma.
  const { data } = await decodeOrTruncated(path, open(file).toColourspace('grey16').raw({ depth: 'ushort' }));
  const values = new Uint16Array(data.buffer, data.byteOffset, data.length / 2);
  return greyOfSixteenBits(values, displayWindowOf(header.feiXml, path), path);
}

function open(file: Buffer): Sharp {
  // Level 'error' ends on lost pixels and lets harmless warnings about tags pass.
  return sharp(file, { limitInputPixels: PIXELS_MAX, failOn: 'error', ignoreIcc: true });
}

/** The header was sound, so pixels that do not decode have not all arrived or are damaged. */
async function decodeOrTruncated(path: string, image: Sharp): Promise<{ data: Buffer; info: OutputInfo }> {
  try {
    return await image.toBuffer({ resolveWithObject: true });
  } catch (error) {
    const reason = messageOf(error).trim().replace(/\s+/g, ' ');
    throw new UnusableFileError(
      path,
      'truncated',
      `its pixels do not decode (${reason}); it is not wholly written or damaged`,
      true,
    );
  }
}

function requireContrast(path: string, pixels: Uint8Array): void {
  const value = pixels[0];
  if (pixels.every((pixel) => pixel === value)) {
    throw new UnusableFileError(
      path,
      'flat',
      `has the value ${value} (of 255) in every pixel; was the detector or the beam off?`,
    );
  }
}

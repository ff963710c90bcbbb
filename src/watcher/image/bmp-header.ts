import { feiDocumentIn } from './fei-document.ts';
import { type FileBytes, requireInside } from './file-bytes.ts';
import { type ImageHeader, noMakerTexts } from './image-header.ts';
import { METADATA_MAX_BYTES, requireSaneSize } from './image-limits.ts';

export const BMP_SIGNATURE = Buffer.from('BM', 'latin1');

/** BITMAPFILEHEADER and the part of BITMAPINFOHEADER that all its successors share. */
const HEADER_BYTES = 54;
const FILE_HEADER_BYTES = 14;
const INFO_HEADER_BYTES = 40;
const UNCOMPRESSED = 0;

/** Where the pixels of a Windows bitmap lie, and how. */
export interface BmpLayout {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly isTopDown: boolean;
  readonly bitsPerPixel: number;
  readonly compression: number;
  /** Byte of the first row, rows filled up to 4 bytes. */
  readonly pixelsAt: number;
  readonly rowBytes: number;
  readonly paletteAt: number;
  readonly colours: number;
}

/** @throws UnusableFileError `truncated`, `too-large` */
export async function readBmpLayout(file: FileBytes): Promise<BmpLayout> {
  const header = await file.read(0, HEADER_BYTES, 'the BMP header');
  const infoBytes = header.readUInt32LE(14);
  const widthPx = Math.abs(header.readInt32LE(18));
  const signedHeight = header.readInt32LE(22);
  const heightPx = Math.abs(signedHeight);
  requireSaneSize(file.path, widthPx, heightPx);
  const bitsPerPixel = header.readUInt16LE(28);
  const pixelsAt = header.readUInt32LE(10);
  const rowBytes = 4 * Math.ceil((widthPx * bitsPerPixel) / 32);
  const compression = header.readUInt32LE(30);
  const paletteAt = FILE_HEADER_BYTES + infoBytes;
  const known = header.readUInt32LE(46);
  const colours = bitsPerPixel === 8 ? Math.min(known === 0 ? 256 : known, 256) : 0;
  if (compression === UNCOMPRESSED) {
    requireInside(file.path, file.sizeBytes, pixelsAt, rowBytes * heightPx, 'its pixels');
    requireInside(file.path, file.sizeBytes, paletteAt, 4 * colours, 'its palette');
  }
  return {
    ...{ widthPx, heightPx, isTopDown: signedHeight < 0, bitsPerPixel, compression },
    ...{ pixelsAt, rowBytes, paletteAt, colours: infoBytes < INFO_HEADER_BYTES ? 0 : colours },
  };
}

/** Reads the headers of a Windows bitmap; a FeiImage document may lie behind its pixels, as behind a JPEG's. */
export async function readBmpHeader(file: FileBytes): Promise<ImageHeader> {
  const layout = await readBmpLayout(file);
  const { widthPx, heightPx, bitsPerPixel, compression, pixelsAt, rowBytes, colours } = layout;
  const isRead =
    compression === UNCOMPRESSED && ((bitsPerPixel === 8 && colours > 0) || [24, 32].includes(bitsPerPixel));
  const end = isRead ? pixelsAt + rowBytes * heightPx : file.sizeBytes;
  const start = Math.max(end, file.sizeBytes - METADATA_MAX_BYTES);
  const behind = await file.read(start, file.sizeBytes - start, 'what lies behind its pixels');
  return {
    format: 'bmp',
    widthPx,
    heightPx,
    bitsPerSample: 8,
    // Whether a palette's colours are grey shows when they are read.
    samplesPerPixel: bitsPerPixel === 8 ? 1 : 3,
    unreadable: isRead ? null : `BMP of ${bitsPerPixel} bits a pixel, compression ${compression}`,
    isLossy: false,
    pages: 1,
    makers: noMakerTexts,
    feiXml: feiDocumentIn(behind),
  };
}

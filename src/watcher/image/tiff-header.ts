import { type FileBytes, notWritten } from './file-bytes.ts';
import { type ImageHeader, noMakerTexts } from './image-header.ts';
import { requireSaneMetadata, requireSaneSize } from './image-limits.ts';
import { type Directory, firstNumber, readDirectories, readText } from './tiff-directory.ts';
import { readMakerTexts } from './tiff-makers.ts';
import { requireStripsInside } from './tiff-strips.ts';

export const TIFF_LITTLE_ENDIAN = Buffer.from('II*\0', 'latin1');
export const TIFF_BIG_ENDIAN = Buffer.from('MM\0*', 'latin1');

// TIFF 6.0 (Adobe, 1992), section 8: baseline fields; 34683 is FEI's private tag.
const IMAGE_WIDTH = 256;
const IMAGE_LENGTH = 257;
const BITS_PER_SAMPLE = 258;
const COMPRESSION = 259;
const PHOTOMETRIC_INTERPRETATION = 262;
const SAMPLES_PER_PIXEL = 277;
const SAMPLE_FORMAT = 339;
const FEI_METADATA = 34683;
const PALETTE_COLOUR = 3;
/** JPEG (old and new), JPEG 2000 of Aperio and its standard, WebP, JPEG XL: readers tell no lossless ones apart. */
const LOSSY_COMPRESSIONS = [6, 7, 33003, 33005, 34712, 50001, 50002];
/** Grey (white or black as 0), red-green-blue, palette. */
const PHOTOMETRIC_READ = [0, 1, 2, PALETTE_COLOUR];
/** TIFF 6.0, section 19; 4 is undefined, which readers take for unsigned. */
const SAMPLE_FORMATS_REFUSED = new Map([
  [2, 'signed'],
  [3, 'floating-point'],
  [5, 'complex'],
  [6, 'complex'],
]);

/** Reads the first directory of a classic TIFF and counts the others that are no previews. */
export async function readTiffHeader(file: FileBytes, byteOrder: 'little' | 'big'): Promise<ImageHeader> {
  const { first, pages } = await readDirectories(file, byteOrder);
  const widthPx = await requiredNumber(first, IMAGE_WIDTH, 'ImageWidth');
  const heightPx = await requiredNumber(first, IMAGE_LENGTH, 'ImageLength');
  requireSaneSize(file.path, widthPx, heightPx);
  await requireStripsInside(first);
  const samples = (await firstNumber(first, SAMPLES_PER_PIXEL)) ?? 1;
  const photometric = await firstNumber(first, PHOTOMETRIC_INTERPRETATION);
  const isRead = photometric === null || PHOTOMETRIC_READ.includes(photometric);
  const feiXml = await readFeiXml(first);
  // Other microscopes of Thermo Fisher keep a document of another root there, beside their text.
  const isPhenoms = feiXml?.includes('<FeiImage') ?? false;
  const refusedFormat = SAMPLE_FORMATS_REFUSED.get((await firstNumber(first, SAMPLE_FORMAT)) ?? 1) ?? null;
  return {
    format: 'tiff',
    widthPx,
    heightPx,
    bitsPerSample: (await firstNumber(first, BITS_PER_SAMPLE)) ?? 1,
    samplesPerPixel: photometric === PALETTE_COLOUR ? 3 : samples,
    unreadable: isRead ? refusedFormat : `PhotometricInterpretation ${photometric}`,
    isLossy: LOSSY_COMPRESSIONS.includes((await firstNumber(first, COMPRESSION)) ?? 1),
    pages,
    feiXml,
    makers: isPhenoms ? noMakerTexts : await readMakerTexts(first),
  };
}

async function requiredNumber(directory: Directory, tag: number, name: string): Promise<number> {
  const value = await firstNumber(directory, tag);
  if (value !== null) return value;
  throw notWritten(directory.file.path, `has no ${name} (TIFF tag ${tag})`);
}

async function readFeiXml(directory: Directory): Promise<string | null> {
  const entry = directory.entries.get(FEI_METADATA);
  if (entry === undefined) return null;
  requireSaneMetadata(directory.file.path, entry.count);
  return readText(directory, entry);
}

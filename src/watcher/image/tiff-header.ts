import { type FileBytes, notWritten } from './file-bytes.ts';
import type { ImageHeader } from './image-header.ts';
import { requireSaneMetadata, requireSaneSize } from './image-limits.ts';
import { type Directory, readDirectories, readText, readUints } from './tiff-directory.ts';
import { requireStripsInside } from './tiff-strips.ts';

export const TIFF_LITTLE_ENDIAN = Buffer.from('II*\0', 'latin1');
export const TIFF_BIG_ENDIAN = Buffer.from('MM\0*', 'latin1');

// TIFF 6.0 (Adobe, 1992), section 8: baseline fields; 34683 is FEI's private tag.
const IMAGE_WIDTH = 256;
const IMAGE_LENGTH = 257;
const BITS_PER_SAMPLE = 258;
const PHOTOMETRIC_INTERPRETATION = 262;
const SAMPLES_PER_PIXEL = 277;
const FEI_METADATA = 34683;
const PALETTE_COLOUR = 3;

/** Reads the first directory of a classic TIFF and counts the others. */
export async function readTiffHeader(file: FileBytes, byteOrder: 'little' | 'big'): Promise<ImageHeader> {
  const { first, pages } = await readDirectories(file, byteOrder);
  const widthPx = await requiredNumber(first, IMAGE_WIDTH, 'ImageWidth');
  const heightPx = await requiredNumber(first, IMAGE_LENGTH, 'ImageLength');
  requireSaneSize(file.path, widthPx, heightPx);
  await requireStripsInside(first);
  const samples = (await firstNumber(first, SAMPLES_PER_PIXEL)) ?? 1;
  const isPalette = (await firstNumber(first, PHOTOMETRIC_INTERPRETATION)) === PALETTE_COLOUR;
  return {
    format: 'tiff',
    widthPx,
    heightPx,
    bitsPerSample: (await firstNumber(first, BITS_PER_SAMPLE)) ?? 1,
    samplesPerPixel: isPalette ? 3 : samples,
    pages,
    feiXml: await readFeiXml(first),
  };
}

async function firstNumber(directory: Directory, tag: number): Promise<number | null> {
  const entry = directory.entries.get(tag);
  if (entry === undefined || entry.count === 0) return null;
  const [value] = await readUints(directory, entry, 0, 1);
  return value ?? null;
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
